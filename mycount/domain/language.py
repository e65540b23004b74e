"""Which languages the program speaks."""

from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "ar")
"""Locale codes; the first is the source, each other one has a catalog under mycount/locale.

Everything else about a language, its own name and the direction it is written in included, is in CLDR.
"""
