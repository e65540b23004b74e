"""Pages that need nothing but a font: static, in the look of the app, without scripts, for when there is no more."""

import html
from dataclasses import dataclass
from string import Template
from typing import Final

from babel import Locale
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import Scope

from mycount.domain.words import N_
from pages.addresses import root
from pages.language import language_of
from pages.scripts import MARK
from pages.theme import STATIC, static_url
from pages.words import translated

_PAGE = Template("""<!doctype html>
<html lang="$language" dir="$direction">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
$head<title>$title · MyCount</title>
<link rel="icon" href="$icon" type="image/svg+xml">
<style nonce="$mark">
@font-face{font-family:Inter;font-weight:400 720;font-display:swap;src:url($font) format("woff2")}
:root{--bg:#F6F5F1;--surface:#FFFFFF;--ink:#1C1A17;--muted:#6A665D;--line:#E5E2DA;--brand:#0B6E66;--brand-ink:#FFFFFF}
[data-theme=dark]{color-scheme:dark;--bg:#131210;--surface:#1D1B18;--ink:#F4F1EA;--muted:#A8A296;
--line:#34312B;--brand:#35C4B3;--brand-ink:#06231F}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#131210;--surface:#1D1B18;--ink:#F4F1EA;
--muted:#A8A296;--line:#34312B;--brand:#35C4B3;--brand-ink:#06231F}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;display:grid;place-content:center;justify-items:center;gap:22px;padding:24px;overflow-wrap:break-word;background:var(--bg);color:var(--ink);
font:400 0.9375rem/1.45 Inter,system-ui,sans-serif}
h1{text-wrap:balance}p{text-wrap:pretty}
main{max-width:440px;padding:32px;background:var(--surface);border:1px solid var(--line);border-radius:18px}
h1{font-size:1.75rem;font-weight:680;letter-spacing:-.022em;line-height:1.15;margin-bottom:10px}
p{margin-bottom:18px;color:var(--muted)}main>:last-child{margin-bottom:0}
.logo{display:flex;align-items:center;gap:10px;font-weight:720;font-size:1.125rem;letter-spacing:-.02em}
.logo svg{width:30px;height:30px}
.logo rect{fill:var(--brand)}.logo g{fill:var(--brand-ink)}
a,button{display:inline-block;padding:11px 18px;border:0;border-radius:12px;background:var(--brand);
color:var(--brand-ink);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
small{display:block;margin-top:18px;font-size:0.78125rem;color:var(--muted)}
$style</style>
</head>
<body><header class="logo">$logo MyCount</header><main>$content</main>$foot</body>
</html>
""")


FONT: Final = "inter-latin.woff2"
"""All that these pages fetch."""

_LOGO: Final = (
    (STATIC / "favicon.svg").read_text(encoding="utf-8").replace("<svg ", '<svg aria-hidden="true" ')
)


@dataclass(frozen=True)
class Voice:
    """Speaks the language of whoever asked: their account's if that is known, else their browser's."""

    language: str

    @classmethod
    def to(cls, scope: Scope) -> "Voice":
        """Find the language for a request."""
        return cls(language_of(HTTPConnection(scope)))

    def say(self, message: str, **values: object) -> str:
        """Translate a sentence."""
        return translated(message, self.language, **values)


def page(
    voice: Voice, status: int, title: str, text: str, *, reference: str = "", again: int | None = None
) -> HTMLResponse:
    """Answer with a page of one heading and one sentence, both translated already; they are escaped here.

    `reference` is shown small, to be quoted; `again` makes the page load itself again after so many seconds,
    instead of offering the way home.
    """
    start = html.escape(voice.say(N_("To the start")))
    home = f'<a href="{html.escape(root())}/">{start}</a>'
    quoted = html.escape(voice.say(N_("Reference: {reference}"), reference=reference))
    body = document(
        voice,
        title,
        f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>"
        + ("" if again else home)
        + (f"<small>{quoted}</small>" if reference else ""),
        head=f'<meta http-equiv="refresh" content="{again}">\n' if again else "",
    )
    headers = {"Cache-Control": "no-store"}
    if again:
        headers["Retry-After"] = str(again)
    return HTMLResponse(body, status, headers)


def document(
    voice: Voice, title: str, content: str, *, head: str = "", style: str = "", foot: str = ""
) -> str:
    """Write a page around content that is HTML already; the title is escaped here."""
    return _PAGE.substitute(
        language=html.escape(voice.language.replace("_", "-")),
        direction=Locale.parse(voice.language).text_direction,
        title=html.escape(title),
        icon=html.escape(static_url("favicon.svg")),
        font=static_url(FONT),
        logo=_LOGO,
        content=content,
        head=head,
        style=style,
        mark=MARK,
        foot=foot,
    )


def starting(scope: Scope) -> HTMLResponse:
    """Answer that the program is not ready yet; the page looks again by itself."""
    voice = Voice.to(scope)
    title = voice.say(N_("MyCount is starting"))
    text = voice.say(N_("It connects to its database. This page looks again by itself, in a moment."))
    return page(voice, 503, title, text, again=2)
