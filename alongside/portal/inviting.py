"""Staff: who of the family comes in by the family door, asking somebody in, and closing it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.features.people.agreement.about_family import Before, read_before
from alongside.features.people.changing import perform
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations.family import close_to_family, decides, needs_agreement, settle_given_up
from alongside.features.people.told_where import TELL_WHERE
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.family_sign_in import MOST_WRONG_IN_A_DAY, locked_actors
from alongside.foundation.accounts.invitations import BY_MESSAGE, LINK_COUNTS, MOST_WRONG, Invited, invite, take_back
from alongside.foundation.accounts.models import Invitation
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.portal.door import link_of, send_link
from alongside.portal.inviting_forms import OPEN_TO_PARENT, OPEN_WITH_LIMITS, InviteForm

INVITERS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)
SENT = "The link is on its way. It counts once, for 7 days."
CLOSED = "Closed. Their pages are not open to them any more."


@for_roles(*INVITERS)
def family(request: Request, reference: str) -> HttpResponse:
    """The young person and each relation: who signs in, who was asked, who was not."""
    person = writable(request, reference).person
    record_look(request.me, "family", [person.pk], at=request.at)
    newest = {one.relation_id: one for one in Invitation.objects.filter(person_id=person.pk).order_by("pk")}
    relations = _relations(request, person)
    locked = locked_actors([one.actor_id for one in newest.values() if one.actor_id], request.at)
    rows = [_row(0, person.shown_name, "The young person", "", newest.get(None), request.at)]
    rows += [
        _row(one.pk, one.name, one.relationship, one.legal_limits, newest.get(one.pk), request.at) for one in relations
    ]
    marks = {row["id"]: new_token() for row in rows}
    for row in rows:
        one = newest.get(row["id"] or None)
        row["locked"] = bool(one and one.actor_id in locked)
    context = {"person": person, "rows": rows, "marks": marks, "most_wrong": MOST_WRONG_IN_A_DAY}
    return render(request, "inviting/family.html", context)


def _relations(request: Request, person: Person) -> list[Relation]:
    today = request.at.astimezone(LONDON).date()
    rows = Relation.objects.visible_to(request.me).filter(person=person, superseded_by=None).order_by("pk")
    return [one for one in rows if one.to_date is None or one.to_date >= today]


def _row(
    number: int, name: str, relationship: str, limits: str, asked: Invitation | None, at: datetime
) -> dict[str, Any]:
    state, since = _state(asked, at)
    return {"id": number, "name": name, "who": relationship, "limits": limits, "state": state, "since": since}


def _state(asked: Invitation | None, at: datetime) -> tuple[str, datetime | None]:
    if asked is None:
        return "none", None
    if asked.taken_back_at:
        return "closed", asked.taken_back_at
    if asked.used_at:
        return "in", asked.used_at
    if asked.wrong_codes >= MOST_WRONG:
        return "locked", None
    return ("asked", asked.expires_at) if asked.expires_at > at else ("ran out", asked.expires_at)


@for_roles(*INVITERS)
def invite_one(request: Request, reference: str, relation_id: int) -> HttpResponse:
    """Asks, reads back who will see what, and only then sends. `relation_id` 0 is the young person."""
    person = writable(request, reference).person
    relation = _relation(request, person, relation_id)
    of_age = relation is not None and decides(person, request.at)
    name, before = _name(person, relation), _before(person, relation, request.at)
    asked = relation is not None and needs_agreement(person, relation, request.at) and not before.is_yes
    given = request.POST if request.method == "POST" else None
    form = InviteForm(given, initial=_begin(relation, before), agreement=asked, before=before, name=name)
    context: dict[str, Any] = {"person": person, "relation": relation, "form": form, "name": name}
    context |= {"of_age": of_age, "asked": asked, "before": before}
    if not form.is_bound:
        record_look(request.me, "family invitation", [person.pk], at=request.at)
    elif form.is_valid() and "confirm" not in request.POST:
        return render(request, "inviting/read_back.html", context | _read_back(request, form))
    elif form.is_valid():
        made: list[Invited] = []
        outcome = perform(request, form, lambda note, given: made.append(_invite(note, person, relation, given)))
        if outcome in ("done", "already"):
            return _after(request, person, made)
    return render(request, "inviting/invite.html", context, status=422 if form.is_bound else 200)


def _relation(request: Request, person: Person, relation_id: int) -> Relation | None:
    if not relation_id:
        return None
    found = next((one for one in _relations(request, person) if one.pk == relation_id), None)
    if found is None:
        raise Http404
    return found


def _name(person: Person, relation: Relation | None) -> str:
    return relation.name if relation else person.shown_name


def _before(person: Person, relation: Relation | None, at: datetime) -> Before:
    """What was answered about telling them, where it counts: nothing of somebody who needs nobody's agreement."""
    if relation is None or not needs_agreement(person, relation, at):
        return Before()
    today = at.astimezone(LONDON).date()
    return read_before(person.pk, relation.pk, on=today, from_sixteen=decides(person, at))


def _begin(relation: Relation | None, before: Before) -> dict[str, Any]:
    if relation is None:
        return {"sees": list(EVERY_TOPIC)}
    free = relation.parental_responsibility and not relation.legal_limits
    sees = [topic for topic in (OPEN_TO_PARENT if free else OPEN_WITH_LIMITS) if topic not in before.refused]
    return {"phone": relation.phone, "email": relation.email, "sees": sees}


def _read_back(request: Request, form: InviteForm) -> dict[str, Any]:
    given = form.cleaned_data
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    return {
        "given": given,
        "sees": [Topic(topic).label for topic in given["sees"]],
        "where": any(topic in given["sees"] for topic in TELL_WHERE),
        "closed": [Topic(topic).label for topic in EVERY_TOPIC if topic not in given["sees"]],
        "way": Invitation.Way(given["way"]).label,
        "sent": sent,
    }


def _invite(note: Notes, person: Person, relation: Relation | None, given: Mapping[str, Any]) -> Invited:
    settle_given_up(note, person.pk)
    invited = invite(
        note,
        person_id=person.pk,
        icb_id=person.icb_id,
        role=Role.FAMILY if relation else Role.YOUNG_PERSON,
        name=_name(person, relation),
        topics=given["sees"],
        way=given["way"],
        phone=given["phone"],
        email=given["email"],
        how_known=given["how_known"],
        agreed_how=given.get("agreed_how", ""),
        relation_id=relation.pk if relation else None,
    )
    if given["way"] in BY_MESSAGE:
        send_link(note, invited.invitation, invited.secret)
    return invited


def _after(request: Request, person: Person, made: list[Invited]) -> HttpResponse:
    """To the list; or the letters, shown once, since nobody keeps what is on them."""
    if made and made[0].code:
        until: date = (request.at + LINK_COUNTS).astimezone(LONDON).date()
        link = settings.BASE_URL + link_of(made[0].secret)
        context = {"person": person, "invited": made[0], "link": link, "until": until}
        response = render(request, "inviting/print_letters.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response
    messages.success(request, SENT)
    return redirect("family_of", reference=person.reference)


@for_roles(*INVITERS)
@require_POST
def close(request: Request, reference: str, relation_id: int) -> HttpResponse:
    """Takes an invitation back, or ends what was open to somebody."""
    person = writable(request, reference).person
    asked = (
        Invitation.objects.filter(person_id=person.pk, relation_id=relation_id or None, taken_back_at=None)
        .select_related("actor")
        .order_by("pk")
        .last()
    )
    form = OnceForm(request.POST)
    if asked and form.is_valid():
        perform(request, form, lambda note, given: _close(note, person, asked))
        messages.success(request, CLOSED)
    return redirect("family_of", reference=person.reference)


def _close(note: Notes, person: Person, asked: Invitation) -> None:
    settle_given_up(note, person.pk)
    take_back(note, asked)
    if asked.actor:
        close_to_family(note, actor=asked.actor, person=person)
