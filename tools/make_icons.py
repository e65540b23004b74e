"""Makes `pages/static/icons.svg`: one sprite of the icons that the screens use.

The drawings are Google's Material Icons, round style (Apache License 2.0), from the npm package
`@material-design-icons/svg`. Unpack it (`npm pack @material-design-icons/svg && tar xzf …`), add a name below, then run

    python tools/make_icons.py path/to/package
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "pages" / "static" / "icons.svg"

NAMES = """
    account_balance account_circle add add_a_photo admin_panel_settings archive arrow_back
    arrow_downward arrow_forward arrow_upward attach_file backspace badge balance beach_access bolt
    business_center cake calculate calendar_month category celebration chair check check_box
    check_box_outline_blank check_circle checkroom chevron_left chevron_right child_care church
    cleaning_services close cloud_off confirmation_number content_copy currency_exchange dark_mode
    date_range delete devices directions_bus directions_car download drag_handle edit edit_note
    elderly error event expand_less expand_more face favorite file_download file_upload filter_list
    fitness_center flight flight_takeoff forest group group_add groups handshake help_outline hiking
    history home hotel hourglass_empty how_to_reg info inventory_2 ios_share keyboard
    keyboard_return language light_mode lightbulb link link_off liquor local_atm local_bar
    local_cafe local_dining local_drink local_gas_station local_grocery_store local_hospital
    local_laundry_service local_parking local_shipping local_taxi lock login logout luggage mail
    manage_accounts medical_services medication menu menu_book more_horiz more_vert movie museum
    music_note music_off notes notifications notifications_off paid palette park password payments
    pending people percent person person_add person_off person_remove pets phone_iphone photo_camera
    pie_chart point_of_sale public push_pin qr_code qr_code_2 receipt receipt_long redeem refresh
    remove repeat restaurant restore roofing router sailing savings schedule school search security
    settings share shield shopping_bag shopping_cart show_chart skateboarding smartphone
    snowboarding speed splitscreen sports_bar sports_esports sports_soccer sports_tennis star
    storefront stroller subscriptions surfing swap_horiz swap_vert sync theater_comedy theaters
    today toys train tram translate trending_down trending_up tune two_wheeler undo unfold_more
    verified_user view_list visibility visibility_off volunteer_activism wallet warning water_drop
    wb_sunny weekend wifi wifi_off work
""".split()  # noqa: SIM905 (a block of words is easier to keep sorted than two hundred quoted ones)


def symbol(package: Path, name: str) -> str:
    """One `<symbol>` with the drawing of `name`, without its own frame."""
    drawing = (package / "round" / f"{name}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def sprite(package: Path) -> str:
    """The whole file; refuses (SystemExit) names that the package does not draw."""
    missing = [name for name in NAMES if not (package / "round" / f"{name}.svg").exists()]
    if missing:
        raise SystemExit(f"not in the package: {' '.join(missing)}")
    lines = [symbol(package, name) for name in sorted(set(NAMES))]
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg">',
            "<!-- Material Icons, round. Copyright Google LLC. Apache License 2.0, see icons.LICENSE.txt -->",
            *lines,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    SPRITE.write_text(sprite(Path(sys.argv[1])), encoding="utf-8")
