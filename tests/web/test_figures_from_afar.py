"""Without a token, figures are for whoever asks from near, and not for those who come through a proxy."""

import pytest

from tests.asking import ask
from tests.web.conftest import Start

TOKEN = "a-token-of-sixteen-and-more"
THROUGH = {"X-Forwarded-For": "10.0.0.1"}


@pytest.mark.parametrize("proxies", ["", "127.0.0.1"])
@pytest.mark.parametrize("through", [THROUGH, {"Forwarded": "for=10.0.0.1"}], ids=str)
def test_nobody_gets_them_through_a_proxy(start: Start, proxies: str, through: dict[str, str]) -> None:
    site = start(trusted_proxies=proxies).ready()
    refused = ask(f"{site.url}/metrics", headers=through)
    assert (refused.status_code, "mycount_" in refused.text) == (404, False)
    assert site.metric("mycount_refusals_total", reason="metrics_token") == 1


def test_whoever_has_the_token_gets_them_from_anywhere(start: Start) -> None:
    site = start(metrics_token=TOKEN).ready()
    for headers in ({}, THROUGH):
        assert ask(f"{site.url}/metrics", headers=headers).status_code == 401
        allowed = {**headers, "Authorization": f"Bearer {TOKEN}"}
        assert ask(f"{site.url}/metrics", headers=allowed).status_code == 200
