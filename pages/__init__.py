"""The screens: every page and its address, as one table."""

from collections.abc import Callable
from typing import Any

from nicegui import ui


def add_pages() -> None:
    """Add all pages to NiceGUI's app; called once, when the program is put together."""
    from pages import theme

    theme.add_theme()
    for address, page in _table().items():
        # Longer than every limit of the database: what is slow is then told in our own words.
        ui.page(address, response_timeout=30)(page)


def _table() -> dict[str, Callable[..., Any]]:
    from pages.account import account_page
    from pages.activity import activity_page
    from pages.deleted import deleted_page
    from pages.group import group_page
    from pages.groups import groups_page
    from pages.join import join_page
    from pages.sign_in import sign_in_page
    from pages.sign_up import sign_up_page

    return {
        "/": groups_page,
        "/sign-in": sign_in_page,
        "/sign-up": sign_up_page,
        "/join/{token}": join_page,
        "/activity": activity_page,
        "/you": account_page,
        "/deleted": deleted_page,
        "/groups/{group_id}": group_page,
        "/groups/{group_id}/{view}": group_page,
    }
