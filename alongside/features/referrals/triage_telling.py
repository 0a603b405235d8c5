"""Telling the outcome: choose whom and where, see each letter on the last screen, then send."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import ALREADY, perform
from alongside.features.referrals import text
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.letters import PICTURES, from_json, write_outcome
from alongside.features.referrals.lifecycle import DECIDED
from alongside.features.referrals.models import AnswerBy, Channel, OutcomeLetter, Referral, ReferralState
from alongside.features.referrals.operations import Recipient, send_outcome
from alongside.features.referrals.operations.reaching import address_for
from alongside.features.referrals.public_queries import Call, find_call
from alongside.features.referrals.triage_forms import RecipientForm, SendForm
from alongside.features.referrals.triage_queries import find_letter, find_step
from alongside.features.referrals.triage_showing import deliveries_of
from alongside.features.referrals.triage_views import reach
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.serving import serve
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

_WHO = OutcomeLetter.Who
#: Rows for more people, beside the young person and whoever asked.
OTHERS = 1


@for_roles(*TRIAGES)
def outcome(request: Request, referral_id: int) -> HttpResponse:
    """First whom and where; then what goes where, word for word; only then it is sent."""
    referral = reach(request, referral_id)
    if referral.state not in DECIDED:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = SendForm(given, initial={"version": referral.version})
    asker = _WHO.YOUNG_PERSON if referral.channel == Channel.YOUNG_PERSON else _WHO.ASKER
    rows = [
        RecipientForm(given, prefix=f"r{n}", initial=one, by_page=one["who"] == asker)
        for n, one in enumerate(_proposed(referral))
    ]
    recipients: list[Recipient] = []
    checked = False
    if given is not None:
        checked = all([form.is_valid(), *[row.is_valid() for row in rows]])
        recipients = [_recipient(row.cleaned_data) for row in rows if row.is_valid() and row.cleaned_data["tell"]]
        if checked and not recipients:
            form.add_error(None, "Tick at least one person to tell.")
            checked = False
    if checked and given is not None and given.get("step") == "send":
        done = _send(request, referral, form, recipients)
        if done:
            return done
    call = find_call(referral.icb_id, request.at)
    context = {
        "referral": referral,
        "form": form,
        "rows": rows,
        "no_number": not (call and call.phone),
        "problems": [*form.problems, *(problem for row in rows if row.is_bound for problem in row.problems)],
        "checked": checked,
        "letters": [_preview(referral, one, call) for one in recipients] if checked else [],
        "call_first": _call_first(referral),
        "pictures": PICTURES,
        "text": text,
        "ways": dict(AnswerBy.choices),
    }
    return render(request, "referrals/triage_outcome.html", context, status=422 if given and not checked else 200)


def _call_first(referral: Referral) -> bool:
    called = referral.called_at or referral.not_called_because
    return referral.state == ReferralState.DECLINED and not called


def _send(request: Request, referral: Referral, form: SendForm, recipients: list[Recipient]) -> HttpResponse | None:
    def act(note: Notes, said: Any) -> None:
        send_outcome(
            note,
            referral=referral,
            recipients=recipients,
            sender=sender_of(referral),
            by=request.me,
            seen=said["version"],
        )

    result = perform(request, form, act)
    if result in ("done", "already"):
        messages.success(request, text.SAVED["told"] if result == "done" else ALREADY)
        if result == "done" and any(one.by == AnswerBy.LETTER for one in recipients):
            messages.success(request, text.SAVED["to_print"])
        return redirect("referral", referral_id=referral.pk)
    return None


def sender_of(referral: Referral) -> str:
    """Who the letter is from."""
    return f"the register team, {referral.icb.name}"


def _recipient(said: dict[str, Any]) -> Recipient:
    who = said["who"] if said["who"] in _WHO.values else _WHO.OTHER.value
    return Recipient(who, said["name"], said["by"], said["address"], bool(said["easy_read"]))


def _proposed(referral: Referral) -> list[dict[str, Any]]:
    """Those whom whoever asked wants told, at the safe addresses given there; then others, not ticked.

    Where somebody must not know, nothing that leaves the house is ticked: a person decides each time.
    """
    easy = "easy read" in referral.answer_needs.lower()
    rows = [
        {
            "who": one["who"] if one.get("who") in _WHO.values else _WHO.OTHER.value,
            "tell": not (referral.must_not_know and one.get("by") in (AnswerBy.EMAIL, AnswerBy.SMS, AnswerBy.LETTER)),
            "easy_read": easy or one.get("who") == _WHO.YOUNG_PERSON,
            **{key: str(one.get(key, ""))[:300] for key in ("name", "by", "address")},
        }
        for one in referral.recipients
    ]
    named = {row["who"] for row in rows}
    if referral.channel != Channel.YOUNG_PERSON and _WHO.ASKER not in named:
        by = referral.answer_by or AnswerBy.PAGE
        address = address_for(referral, by)
        rows.append({"who": _WHO.ASKER, "name": referral.asker_name, "by": by, "address": address, "easy_read": easy})
        rows[-1]["tell"] = not named
    if _WHO.YOUNG_PERSON not in named:
        rows.append({"who": _WHO.YOUNG_PERSON, "name": referral.preferred_name or referral.given_name})
        rows[-1]["easy_read"] = True
    return rows + [{"who": _WHO.OTHER}] * OTHERS


def _preview(referral: Referral, recipient: Recipient, call: Call | None) -> dict[str, Any]:
    written = write_outcome(
        referral,
        who=recipient.who,
        to_name=recipient.name,
        easy=recipient.easy_read,
        sender=sender_of(referral),
        call=call,
    )
    return {"to": recipient, "outcome": written}


@for_roles(*TRIAGES)
def letter(request: Request, letter_id: int) -> HttpResponse:
    """A letter as it was sent."""
    found = _letter(request, letter_id)
    context = {
        "outcome": from_json(found.content),
        "letter": found,
        "deliveries": deliveries_of([found]).get(found.pk, []),
        "pictures": PICTURES,
        "text": text,
    }
    return render(request, "referrals/triage_letter.html", context)


@for_roles(*TRIAGES)
def letter_pdf(request: Request, letter_id: int) -> HttpResponse:
    """The same on paper."""
    return serve(key=_letter(request, letter_id).pdf, media_type="application/pdf", file_name="letter.pdf")


def _letter(request: Request, letter_id: int) -> OutcomeLetter:
    found = find_letter(request.me, letter_id)
    if found is None:
        raise Http404
    person = found.referral.person_id
    record_look(request.me, f"letter of {found.referral.reference}", [person] if person else [], at=request.at)
    return found


@for_roles(*TRIAGES)
def file(request: Request, step_id: int, number: int) -> HttpResponse:
    """A file that came with an answer, to be saved. It passed every check when it came in."""
    found = find_step(request.me, step_id)
    files = [one for one in found.documents if isinstance(one, dict)] if found else []
    if found is None or not 1 <= number <= len(files):
        raise Http404
    person, kept = found.referral.person_id, files[number - 1]
    record_look(request.me, f"file of {found.referral.reference}", [person] if person else [], at=request.at)
    try:
        return serve(key=kept["key"], media_type=kept["media_type"], file_name=kept["file_name"])
    except FileNotFoundError as gone:
        raise Http404 from gone
