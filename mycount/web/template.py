"""NiceGUI's template of a page, without what delays the first picture.

One style sheet takes the place of five, nothing hides what comes after it for browsers that are too old (those keep the
page that is seen at first), and what cleans HTML is fetched with everything else. Its scripts and styles are marked as
ours.
"""

import logging
import re
from typing import Final

from jinja2 import ChoiceLoader, DictLoader
from nicegui import client

from mycount.web import framework_css
from pages.scripts import MARK

_NAME: Final = "index.html"
_STYLES_BEGIN: Final = "    <style>\n      @layer theme, base, quasar"
_STYLES_END: Final = 'nicegui.css") layer(nicegui);\n'
_TOO_OLD_BEGIN: Final = "    <style>\n      #esm-fallback {"
_TOO_OLD_END: Final = "Please use a modern browser.</div>\n"
_PREFIX: Final = "{{ prefix | safe }}"
_SHEET: Final = f'    <link rel="stylesheet" href="{_PREFIX}%s" />\n    <style>\n'
_CLEANER: Final = (
    f'<link rel="modulepreload" href="{_PREFIX}/_nicegui/{{{{ version }}}}/static/dompurify.mjs" />\n'
)
_OURS: Final = re.compile(r"<(script|style)(?=[\s>])(?! nonce=)")
_CONTENT: Final = "{{ body_html |"
_WITHOUT_STYLES: Final = (
    "{{ body_html.replace('<style></style>', '', 1) |"  # those of components: ours have none
)
_KEPT: Final = 'id="nicegui-keep-alive-cache" style="display: none"'
_BODY: Final = "  </head>\n  <body>\n"


def slim() -> bool:
    """Let pages be written by the slimmer template. Says whether it did: a new NiceGUI may have another one."""
    environment = client.templates.env
    loader = environment.loader
    assert loader is not None
    source = loader.get_source(environment, _NAME)[0]
    written = _slimmed(source)
    environment.loader = ChoiceLoader([DictLoader({_NAME: _marked(written or source)}), loader])
    if written is None:
        logging.getLogger(__name__).warning(
            "NiceGUI's template is not the one that is known, and stays as it is"
        )
        return False
    return True


def _marked(source: str) -> str:
    marked = _OURS.sub(rf'<\1 nonce="{MARK}"', source)
    return marked.replace(_KEPT, _KEPT.partition(" style")[0] + " hidden").replace(_CONTENT, _WITHOUT_STYLES)


def _slimmed(source: str) -> str | None:
    if framework_css.address() in source:
        return source  # it is slim already
    sheet = _SHEET % framework_css.address()
    styled = _replaced(source, _STYLES_BEGIN, _STYLES_END, sheet)
    young = _replaced(styled, _TOO_OLD_BEGIN, _TOO_OLD_END, "")
    return _replaced(young, _BODY, "", _CLEANER + _BODY)


def _replaced(source: str | None, begin: str, end: str, by: str) -> str | None:
    """Replace what is from the one to the other, which are to be there once; gives None if they are not."""
    if source is None or source.count(begin) != 1:
        return None
    before, _, rest = source.partition(begin)
    _, found, after = rest.partition(end) if end else ("", "-", rest)
    return before + by + after if found else None
