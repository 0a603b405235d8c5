"""GOV.UK Notify through its own client; its network is closed, so what it would ask is answered here."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from requests import ConnectionError as NoLine
from requests import Response

from alongside.foundation.messages.providers import Fate, NotAcceptable, Parcel, TryLater, carrier
from alongside.foundation.messages.providers.folder import Folder
from alongside.foundation.messages.providers.nobody import Nobody
from alongside.foundation.messages.providers.notify import Notify

KEY = f"name-{'1' * 8}-1111-1111-1111-{'1' * 12}-{'2' * 8}-2222-2222-2222-{'2' * 12}"


def answer(status: int, said: dict[str, Any]) -> Response:
    response = Response()
    response.status_code = status
    response.raw = io.BytesIO(json.dumps(said).encode())
    return response


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every request the client makes; the first item is what is answered next."""
    calls: list[Any] = [answer(200, {"id": "n-1", "notifications": [{"id": "n-1"}], "status": "delivered"})]

    def request(self: object, method: str, url: str, **given: Any) -> Response:
        calls.append((method, url.rsplit("gov.uk")[-1], given.get("data"), given.get("params")))
        if isinstance(calls[0], Exception):
            raise calls[0]
        assert isinstance(calls[0], Response)
        return calls[0]

    monkeypatch.setattr("requests.Session.request", request)
    yield calls


def notify() -> Notify:
    return Notify(key=KEY, email_template="mail", sms_template="text")


def test_an_email_a_text_message_and_a_letter_carry_the_reference(asked: list[Any]) -> None:
    for parcel in (
        Parcel("ref-1", "email", "dawn@example.org", "Subject", "Body"),
        Parcel("ref-1", "sms", "07700 900123", "", "Body"),
        Parcel("ref-1", "letter", "Dawn", pdf=b"%PDF"),
    ):
        asked[0] = answer(201, {"id": "n-1"})
        assert notify().send(parcel) == "n-1"
    for method, path, data, _ in asked[1:]:
        assert method == "POST"
        assert '"reference": "ref-1"' in data
        assert path.startswith("/v2/notifications/")
    assert '"template_id": "mail"' in asked[1][2]
    assert "subject" not in asked[2][2], "a text message has none"


def test_what_it_took_is_found_by_its_reference(asked: list[Any]) -> None:
    assert notify().find("ref-1") == "n-1"
    assert asked[1][3] == {"reference": "ref-1"}
    asked[0] = answer(200, {"notifications": []})
    assert notify().find("ref-1") is None


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("created", "under_way"),
        ("sending", "under_way"),
        ("delivered", "arrived"),
        ("received", "arrived"),
        ("permanent-failure", "failed"),
        ("technical-failure", "failed"),
    ],
)
def test_what_became_of_it(asked: list[Any], status: str, fate: str) -> None:
    asked[0] = answer(200, {"status": status})
    found = notify().fate("n-1")
    assert isinstance(found, Fate)
    assert found.state == fate
    assert bool(found.words) == (fate == "failed")


@pytest.mark.parametrize(
    ("status", "problem"), [(400, NotAcceptable), (403, TryLater), (429, TryLater), (500, TryLater), (503, TryLater)]
)
def test_a_wrong_address_is_final_and_everything_else_is_tried_later(
    asked: list[Any], status: int, problem: type[Exception]
) -> None:
    asked[0] = answer(status, {"errors": [{"error": "x", "message": "phone_number Not enough digits"}]})
    with pytest.raises(problem, match="GOV.UK Notify: phone_number Not enough digits"):
        notify().send(Parcel("ref-1", "sms", "12", "", "Body"))


def test_a_line_that_is_down_is_tried_later(asked: list[Any]) -> None:
    asked[0] = NoLine("down")
    with pytest.raises(TryLater):
        notify().send(Parcel("ref-1", "sms", "12", "", "Body"))


def test_who_carries(db: None, settings: Any) -> None:
    settings.NOTIFY = {"key": "", "email_template": "", "sms_template": "", "address": ""}
    assert isinstance(carrier(), Nobody), "nobody is set up, and it is no demonstration"
    settings.NOTIFY = settings.NOTIFY | {"key": KEY}
    assert isinstance(carrier(), Notify)


def test_a_demonstration_puts_it_into_a_folder(demonstration: None, settings: Any) -> None:
    settings.NOTIFY = {"key": "", "email_template": "", "sms_template": "", "address": ""}
    assert isinstance(carrier(), Folder)


def test_nobody_to_carry_is_a_sentence() -> None:
    with pytest.raises(TryLater, match="No sending service is set up"):
        Nobody().send(Parcel("ref-1", "sms", "12"))
