"""Containers: card, row, stack, two columns. The CSS classes may be used directly as well."""

from nicegui import ui


def card(*, wide: bool = False, flush: bool = False) -> ui.element:
    """A raised surface; `wide` has more room inside, `flush` none at all."""
    element = ui.element("div").classes("mc-card")
    if wide:
        element.classes("mc-card--wide")
    return element.classes("mc-card--flush") if flush else element


def row(*, tight: bool = False, wrap: bool = False, between: bool = False) -> ui.element:
    """Things side by side, centred on one line."""
    element = ui.element("div").classes("mc-row")
    if tight:
        element.classes("mc-row--tight")
    if wrap:
        element.classes("mc-row--wrap")
    return element.classes("mc-row--between") if between else element


def stack(*, tight: bool = False, wide: bool = False) -> ui.element:
    """Things below one another, each as wide as there is room."""
    element = ui.element("div").classes("mc-stack")
    if tight:
        element.classes("mc-stack--tight")
    return element.classes("mc-stack--wide") if wide else element


def pair() -> ui.element:
    """Two fields side by side, also on a phone."""
    return ui.element("div").classes("mc-pair")


def columns() -> tuple[ui.element, ui.element]:
    """Main column and aside; the aside stays in view beside it on a desktop and comes below it on a phone."""
    with ui.element("div").classes("mc-columns"):
        return ui.element("div"), ui.element("aside").classes("mc-aside mc-stack")
