"""GOV.UK Notify. Two templates of its own hold nothing but ((subject)) and ((body)): the fixed texts are here."""

import io
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from alongside.foundation.messages.providers.carrier import Fate, NotAcceptable, Parcel, TryLater
from alongside.foundation.messages.ways import EMAIL, SMS

ARRIVED = {"delivered", "received"}
#: Notify's words for what has failed, and ours. Source: its REST API documentation, 'status descriptions'.
FAILED = {
    "permanent-failure": "The address or number does not exist. Check it with them.",
    "temporary-failure": "It could not be delivered: the inbox is full or the phone is off.",
    "technical-failure": "GOV.UK Notify could not send it. Try again.",
    "validation-failed": "GOV.UK Notify could not print this letter.",
    "virus-scan-failed": "GOV.UK Notify found something unsafe in this letter.",
    "cancelled": "It was cancelled at GOV.UK Notify.",
}
BAD_REQUEST = 400


class Notify:
    """Not safe to share between threads, as its client is not."""

    def __init__(self, *, key: str, email_template: str, sms_template: str, address: str = "") -> None:
        self.client = NotificationsAPIClient(key, **({"base_url": address} if address else {}))
        self.templates = {EMAIL: email_template, SMS: sms_template}

    def find(self, reference: str) -> str | None:
        found = self._ask(self.client.get_all_notifications, reference=reference)["notifications"]
        return str(found[0]["id"]) if found else None

    def send(self, parcel: Parcel) -> str:
        values = {"subject": parcel.subject, "body": parcel.body}
        if parcel.pdf is not None:
            answer = self._ask(
                self.client.send_precompiled_letter_notification, parcel.reference, io.BytesIO(parcel.pdf)
            )
        elif parcel.channel == EMAIL:
            answer = self._ask(
                self.client.send_email_notification,
                parcel.address,
                self.templates[EMAIL],
                personalisation=values,
                reference=parcel.reference,
            )
        else:
            answer = self._ask(
                self.client.send_sms_notification,
                parcel.address,
                self.templates[SMS],
                personalisation={"body": parcel.body},
                reference=parcel.reference,
            )
        return str(answer["id"])

    def fate(self, provider_id: str) -> Fate:
        status = self._ask(self.client.get_notification_by_id, provider_id)["status"]
        if status in FAILED:
            return Fate("failed", FAILED[status])
        return Fate("arrived" if status in ARRIVED else "under_way")

    def _ask(self, call: Any, *given: Any, **named: Any) -> Any:
        try:
            return call(*given, **named)
        except APIError as problem:
            words = _in_words(problem)
            raise (NotAcceptable if problem.status_code == BAD_REQUEST else TryLater)(words) from problem


def _in_words(problem: APIError) -> str:
    """Notify's own sentence, without what was sent."""
    said = problem.message
    if isinstance(said, list):
        said = "; ".join(str(part.get("message", "")) for part in said)
    return f"GOV.UK Notify: {said}"[:300]
