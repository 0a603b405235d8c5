"""Asking to come back: somebody who was on the register before, in five questions. Open to everybody.

It is a referral like any other, with a reference and a code; who they were and who worked with them is the register
team's to find. The page answers the same whether a record exists or not.
"""

import hashlib
import hmac
from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.features.people.changing import act_of
from alongside.features.people.models import Consent
from alongside.features.referrals import limits, public_text
from alongside.features.referrals.carried import SENT, give_held
from alongside.features.referrals.codes import LETTERS
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.drafts import Held
from alongside.features.referrals.models import AnswerBy, Channel
from alongside.features.referrals.operations import receive_referral
from alongside.features.referrals.public_doors import draw, public
from alongside.features.referrals.public_queries import list_areas
from alongside.features.referrals.sending import find_referral
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, SelectField, TextareaField, TextField
from alongside.foundation.recording.recording import AlreadyDone, recording

AGREED = {"yes": "Yes, they said so", "no": "Not asked yet"}


class ComeBackForm(OnceForm):
    """Who it is, which area, what has changed, who asks, and whether they know."""

    given_name = TextField("First name", most=80, missing="Write their first name")
    family_name = TextField("Family name", most=80, missing="Write their family name")
    birth_date = DateField("Date of birth", hint="For example, 31 3 2012", not_after_today=True)
    area = SelectField("Area", choices=(), missing="Select the area")
    words = TextareaField("In your words", most=2000, rows=4, missing="Write what has changed, in a few words")
    asker = RadiosField("I am", choices=Channel.choices, missing="Select who you are")
    asker_name = TextField("Your name", most=120, missing="Write your name")
    reach = TextField(
        "Phone number or e-mail", hint="So that we can ask you more", most=120, missing="Write how we reach you"
    )
    agreed = RadiosField(
        "They want to come back", choices=list(AGREED.items()), missing="Select whether they were asked"
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(areas) < 2:
            del self.fields["area"]
        else:
            self.fields["area"].choices = [("", "Select"), *areas]  # type: ignore[attr-defined]

    def clean_reach(self) -> str:
        reach = str(self.cleaned_data["reach"]).strip()
        if "@" in reach:
            forms.EmailField(error_messages={"invalid": "Write the whole e-mail address, like name@example.com"}).clean(
                reach
            )
        return reach


@public
def come_back(request: Request) -> HttpResponse:
    """The form; and a receipt like that of any referral."""
    areas = list_areas(clock.today())
    form = ComeBackForm(request.POST if request.method == "POST" else None, today=clock.today(), areas=areas)
    status = 200
    if form.is_bound:
        status = 422
        right = form.is_valid()
        if limits.is_over(limits.SEND, limits.address_of(request)):
            form.add_error(None, public_text.WAIT.format(minutes=limits.SEND.minutes))
            status = 429
        elif right:
            limits.count(limits.SEND, limits.address_of(request))
            held = _send(request, form.cleaned_data, int(form.cleaned_data.get("area") or areas[0][0]))
            return give_held(redirect("refer_sent"), SENT, held)
    return draw(request, "doors/come_back.html", {"form": form}, status=status)


def _held_of(mark: str) -> Held:
    """Reference and code of this form: the same for the same form, so that sending it twice makes one."""
    drawn = hmac.new(settings.SECRET_KEY.encode(), f"come back {mark}".encode(), hashlib.sha256).digest()
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:16])
    return Held(f"R-{letters[:4]}-{letters[4:8]}", letters[8:])


def _send(request: Request, given: dict[str, Any], icb_id: int) -> Held:
    held = _held_of(given["submission"])
    if find_referral(held):
        return held
    act = act_of(f"come back {given['submission']}")
    by_email = "@" in given["reach"]
    said = {name: given[name] for name in ("given_name", "family_name", "birth_date", "asker_name")}
    said |= {
        "words": f"Asks to come back to the register. {given['words']}"[:4000],
        "asker_email": given["reach"] if by_email else "",
        "asker_phone": "" if by_email else given["reach"][:40],
        "answer_by": AnswerBy.EMAIL if by_email else AnswerBy.PHONE,
        "asker_relationship": Channel(given["asker"]).label,
        "agreement": Consent.Answer.GIVEN if given["agreed"] == "yes" else Consent.Answer.UNKNOWN,
    }
    try:
        with context.asking_with(held.key), recording(by=the_public_form(), at=request.at, once=act) as note:
            receive_referral(
                note,
                icb_id=icb_id,
                channel=given["asker"],
                reference=held.reference,
                code=held.code,
                said=said,
            )
    except AlreadyDone:
        return held
    except IntegrityError:  # the same form at the same moment
        if find_referral(held) is None:
            raise
    return held
