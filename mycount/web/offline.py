"""What a browser shows where nothing answers: a worker at /sw.js, and the page at /offline that it keeps for then.

The page is the same for everybody, holds its sentences in all languages, and takes from the device what was seen last.
"""

import hashlib
import json
from functools import cache
from typing import Final

from babel import Locale
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mycount.domain.words import N_
from mycount.web.plain import FONT, Voice, document
from pages.addresses import root
from pages.installation import Installation
from pages.language import languages
from pages.scripts import MARK
from pages.theme import STATIC, static_url

_PAGE: Final = "/offline"
_TITLE: Final = N_("You are offline")
_SENTENCES: Final = {
    "offline": _TITLE,
    "unreachable": N_("MyCount cannot be reached"),
    "waits": N_("This page looks again by itself, and goes on when there is an answer."),
    "last_seen": N_("Last seen on {when}"),
    "old": N_("These balances are old: what was put down since then is missing."),
    "as_of": N_("as of {when}"),
    "again": N_("Try again"),
}
_STYLE: Final = """main{width:calc(100vw - 48px)}
[hidden]{display:none}
section{margin:0 -32px 22px;padding:18px 32px 6px;border-block:1px solid var(--line)}
h2{font-size:0.9375rem;font-weight:640}
section p,.quiet{font-size:0.78125rem;color:var(--muted);margin:0}
ul{list-style:none;margin-top:12px;padding:0}
li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 16px;padding:10px 0;
border-top:1px solid var(--line)}
li>*{display:grid;align-content:start;min-width:0}
.who{flex:1 1 130px}
.name{font-weight:600;overflow-wrap:anywhere;text-align:-webkit-match-parent;text-align:match-parent}
.sums{margin-inline-start:auto;justify-items:end;text-align:end;gap:4px;color:var(--muted);white-space:nowrap}
.sums div{display:grid;justify-items:end}
.amount{font-weight:620;font-variant-numeric:tabular-nums;white-space:nowrap}
"""
_CONTENT: Final = """<div role="status"><h1 id="which"></h1></div><p data-word="waits"></p>
<section id="seen" hidden><h2 id="when"></h2><p data-word="old"></p><ul id="groups"></ul></section>
<button id="again" data-word="again"></button>"""


def routes() -> list[Route]:
    """Give the routes of the page and of the worker, which may answer for every address below the root."""
    return [Route(_PAGE, _show), Route("/sw.js", _work)]


async def _show(_: Request) -> Response:
    return HTMLResponse(_page(), headers={"Cache-Control": "no-cache"})


async def _work(_: Request) -> Response:
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": f"{root()}/"}
    return Response(_worker(), headers=headers, media_type="text/javascript")


@cache
def _page() -> str:
    words = json.dumps({"base": root(), "sentences": _sentences()}, ensure_ascii=False).replace(
        "<", r"\u003c"
    )
    script = (STATIC / "offline.js").read_text(encoding="utf-8")
    return document(
        Voice(Installation.default_language),
        Voice(Installation.default_language).say(_TITLE),
        _CONTENT,
        style=_STYLE,
        foot=f'<script type="application/json" id="offline-words">{words}</script>\n'
        f'<script nonce="{MARK}">\n{script}</script>',
    )


@cache
def _worker() -> str:
    files = [static_url(FONT), static_url("favicon.svg")]
    code = (STATIC / "worker.js").read_text(encoding="utf-8")
    version = hashlib.sha256("\n".join([_page().replace(MARK, ""), code, *files]).encode()).hexdigest()[:8]
    shell = {"base": root(), "version": version, "page": root() + _PAGE, "files": files}
    return f"const shell = {json.dumps(shell)};\n{code}"


def _sentences() -> dict[str, dict[str, str]]:
    """Give every language's sentences by name, and its direction."""
    return {
        code: {
            "dir": Locale.parse(code).text_direction,
            **{name: Voice(code).say(sentence) for name, sentence in _SENTENCES.items()},
        }
        for code in [Installation.default_language, *languages()]
    }
