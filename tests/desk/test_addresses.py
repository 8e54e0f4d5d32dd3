"""Behind a proxy of ours, a try counts for whoever the proxy says asked; nobody else is believed."""

from dataclasses import replace

import pytest

from syndicate.app import create_app
from syndicate.core.throttle import ADDRESS
from tests.desk.conftest import CONFIG, Visitor


def statuses(desk, proxies, said):
    """One failed try at each of many accounts, each saying who asked."""
    app = create_app(replace(CONFIG, proxies=proxies), desk.store, now=lambda: desk.clock.now)
    visitor = Visitor(app.test_client())
    token = visitor.token()
    return {
        visitor.client.post(
            "/desk/sign-in",
            data={"email": f"{number}@news.example", "password": "wrong", "csrf": token},
            headers={"X-Forwarded-For": said(number)},
        ).status_code
        for number in range(ADDRESS.free + 1)
    }


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (1, lambda number: f"203.0.113.{number}", {401}),
        (1, lambda number: f"203.0.113.{number}, 198.51.100.1", {401, 429}),
        (0, lambda number: f"203.0.113.{number}", {401, 429}),
    ],
    ids=["each-from-elsewhere", "all-by-one-who-lies", "nobody-is-believed"],
)
def test_an_address_is_what_our_proxy_saw(desk, monkeypatch, proxies, said, expected):
    monkeypatch.setattr("syndicate.service.people.passwords.matches", lambda *_: False)
    assert statuses(desk, proxies, said) == expected
