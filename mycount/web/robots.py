"""Asks search engines to stay away: what is here is for the people of a group."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def routes() -> list[Route]:
    """Give the route /robots.txt, which counts at the root of a host only; the header X-Robots-Tag counts below too."""
    return [Route("/robots.txt", _robots)]


async def _robots(_: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
