"""What the server keeps of a page: no more than what an open page needs."""

from nicegui import Client
from starlette.requests import Request, empty_receive, empty_send

_OF_ANSWERING = ("fastapi_inner_astack", "fastapi_function_astack", "fastapi_middleware_astack")


def keep_little(client: Client) -> None:
    """Let go of what was needed only to answer with the page: its HTML, of which each page holds two copies."""
    client._head_html = client._body_html = ""
    if client._request is not None:
        _let_go(client._request)


def _let_go(request: Request) -> None:
    """Keep who asked for what, but not the way back to them, on which the whole answer stands."""
    request._receive, request._send = empty_receive, empty_send
    for name in _OF_ANSWERING:
        request.scope.pop(name, None)
