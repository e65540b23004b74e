"""What the environment may set, read once at the top: names, defaults, checks, and where each came from."""

from mycount.settings.found import SettingsError
from mycount.settings.listing import example, rows
from mycount.settings.loading import Loaded, load
from mycount.settings.model import Settings
from mycount.settings.unread import Unread

__all__ = ["Loaded", "Settings", "SettingsError", "Unread", "example", "load", "rows"]
