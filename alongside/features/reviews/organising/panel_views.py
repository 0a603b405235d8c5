"""Who sits on the panel, who is invited, what was agreed, and the check-list."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.actions.operations import NewOwner
from alongside.features.actions.owners import list_owners
from alongside.features.people.agreement.answers import Decided
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import Reach
from alongside.features.reviews.models import PanelMember, PlannedReview, ReviewInvite
from alongside.features.reviews.organising import agreeing, queries, seats, text
from alongside.features.reviews.organising import forms_panel as forms
from alongside.features.reviews.organising.access import ORGANISES
from alongside.features.reviews.organising.forms import ButtonForm
from alongside.features.reviews.organising.links import send_link
from alongside.features.reviews.organising.pool import fitness_of, list_experts, list_modules
from alongside.features.reviews.organising.reaching import data_of, organisable, page_of, planned_of, today_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.planned_reviews import why_not
from alongside.policy.review_checks import BEFORE


def _asked(
    request: Request, reach: Reach, planned: PlannedReview, form: Any, act: Any, title: str, *, about: str = "",
    saved: str = text.SAVED, **more: Any,
) -> HttpResponse:  # fmt: skip
    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    context = {"title": title, "person": reach.person, "about": about, **more}
    return answer_form(request, form, act, go_to=page_of(reach, planned), saved=saved, context=context)


def _member(planned: PlannedReview, number: int) -> PanelMember:
    rows = PanelMember.objects.filter(planned=planned, pk=number, left_at=None)
    found = rows.select_related("planned__person", "person").first()
    if found is None:
        raise Http404
    return found


@for_roles(*ORGANISES)
def seat(request: Request, reference: str, number: int) -> HttpResponse:
    """Asks somebody onto the panel: from the pool, or by name."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    on = (planned.starts_at or request.at).astimezone(LONDON).date()
    pool, modules = (
        list_experts(request.me, planned.recorded_icb_id, today_of(request)),
        list_modules(planned.recorded_icb_id),
    )
    fit = [one for one in pool if not why_not(fitness_of(one, modules, on), on)]
    left_out = len(pool) - len(fit)
    known = {choice.value: choice.owner for choice in list_owners(request.me, reach.person, today_of(request))}
    form = forms.SeatForm(
        data_of(request),
        experts=[(one.pk, f"{one.name}, {one.get_part_display().lower()}") for one in fit],
        known=[(value, _called(owner)) for value, owner in known.items()],
    )

    def act(note: Notes, given: Any) -> None:
        expert = next((one for one in fit if str(one.pk) == given.get("expert")), None)
        typed = {name: given[name] for name in ("name", "post", "organisation_name", "reach")}
        if owner := known.get(given.get("known", "")):
            typed = _of_known(owner, typed)
        seats.seat_member(
            note, planned=planned, part=given["part"], independent=given["independent"], expert=expert, **typed
        )

    about = "A chair, an independent clinical expert and an independent expert by experience; two of them independent."
    if left_out:
        about += (
            f" {left_out} in the pool can’t sit on that day: training, checks or registration are missing, or they "
            "leave before."
        )
    return _asked(request, reach, planned, form, act, "Ask somebody onto the panel", about=about)


def _called(owner: NewOwner) -> str:
    """Who it is and where they work, for the list."""
    name, post = (owner.actor.name, owner.actor.post) if owner.actor else (owner.name, owner.post)
    where = owner.organisation.name if owner.organisation else owner.place
    return ", ".join(part for part in (name, post, where) if part)


def _of_known(owner: NewOwner, typed: dict[str, Any]) -> dict[str, Any]:
    """What is known of somebody, and what was typed besides."""
    name, post = (owner.actor.name, owner.actor.post) if owner.actor else (owner.name, owner.post)
    where = owner.organisation.name if owner.organisation else owner.place
    reach = owner.reach if "@" in owner.reach and owner.actor is None else ""
    return {
        "name": name,
        "post": (typed["post"] or post)[:120],
        "organisation_name": typed["organisation_name"] or where,
        "reach": typed["reach"] or reach,
        "actor": owner.actor,
    }


@for_roles(*ORGANISES)
def unseat(request: Request, reference: str, number: int, member: int) -> HttpResponse:
    """Takes somebody off the panel."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    found = _member(planned, member)

    def act(note: Notes, given: Any) -> None:
        seats.unseat(note, member=found, because=given["because"])

    title = f"Take {found.name} off the panel"
    return _asked(request, reach, planned, forms.ReasonForm(data_of(request)), act, title)


@for_roles(*ORGANISES)
def answered(request: Request, reference: str, number: int, member: int) -> HttpResponse:
    """What a member said by voice: whether they come, and of a conflict."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    found = _member(planned, member)
    begin = {"answer": found.answer, "conflict": found.conflict, "conflict_words": found.conflict_words}
    form = forms.SeatAnswerForm(data_of(request), initial=begin)

    def act(note: Notes, given: Any) -> None:
        seats.answer_seat(
            note, member=found, answer=given["answer"], conflict=given["conflict"],
            conflict_words=given["conflict_words"],
        )  # fmt: skip

    return _asked(request, reach, planned, form, act, f"What {found.name} said")


@for_roles(*ORGANISES)
def settle(request: Request, reference: str, number: int, member: int) -> HttpResponse:
    """Why somebody stays in spite of a conflict."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    found = _member(planned, member)

    def act(note: Notes, given: Any) -> None:
        seats.settle_conflict(note, member=found, because=given["because"])

    about = f"{found.name} said: {found.conflict_words}. Until it is written down why they may stay, the seat is empty."
    form = forms.ReasonForm(data_of(request))
    return _asked(request, reach, planned, form, act, "They stay on the panel", about=about)


@for_roles(*ORGANISES)
def vouch(request: Request, reference: str, number: int, member: int) -> HttpResponse:
    """Who answers for an expert who is not in the pool."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    found = _member(planned, member)
    begin = {"name": found.vouched_by_name, "on": found.vouched_on or today_of(request)}
    form = forms.VouchForm(data_of(request), initial=begin, today=today_of(request))

    def act(note: Notes, given: Any) -> None:
        seats.vouch(note, member=found, name=given["name"], on=given["on"])

    return _asked(request, reach, planned, form, act, f"Training and checks of {found.name}", about=text.NOT_IN_POOL)


@for_roles(*ORGANISES)
def link(request: Request, reference: str, number: int, member: int) -> HttpResponse:
    """Sends a member their link; an earlier one opens nothing any more."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    found = _member(planned, member)

    def act(note: Notes, given: Any) -> None:
        send_link(note, member=found)

    about = f"It goes to {found.reach}. It opens once, in one browser. Papers open with it once there is agreement."
    return _asked(
        request, reach, planned, ButtonForm(data_of(request)), act, f"Send {found.name} a link",
        about=about if found.reach else text.NO_REACH, saved=text.LINK_SENT.format(name=found.name), button="Send it",
    )  # fmt: skip


@for_roles(*ORGANISES)
def agreement(request: Request, reference: str, number: int) -> HttpResponse:
    """Whether they agree to this one review. The papers open or close with it."""
    reach = organisable(request, reference, Topic.AGREEMENT)
    planned = planned_of(request, reach, number)
    person, today = reach.person, today_of(request)
    before = queries.answers_of(request.me, planned)
    form = forms.AgreementForm(
        data_of(request),
        ways=agreeing.ways_to_decide(person, today),
        asks_family=agreeing.decides_about_family(person, today),
        name=person.shown_name,
        initial={"decided_on": today, "seen": planned.version},
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        family = given.get("family")
        agreeing.record_agreement(
            note,
            planned=planned,
            agrees=given["agrees"] == "yes",
            decided=Decided(given["basis"], given["decided_by"], given["decided_on"], given["evidence"]),
            family=None if not family else family == "yes",
            had_agreed="review" in before and before["review"].answer == "given",
        )

    about = (
        "This is about this one review, and nothing else. Without it nobody on the panel may read anything. "
        "They can say no, and change their mind at any time."
    )
    return _asked(request, reach, planned, form, act, "Do they agree to this review?", about=about)


@for_roles(*ORGANISES)
def invite(request: Request, reference: str, number: int) -> HttpResponse:
    """Somebody who is invited besides the panel."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    form = forms.InviteForm(data_of(request))

    def act(note: Notes, given: Any) -> None:
        agreeing.invite(
            note, planned=planned, part=given["part"], name=given["name"], needs=given["needs"],
            family_agreed=queries.may_family_come(planned),
        )  # fmt: skip

    return _asked(request, reach, planned, form, act, "Invite somebody")


@for_roles(*ORGANISES)
def invite_answer(request: Request, reference: str, number: int, invited: int) -> HttpResponse:
    """Whether they come."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    row = ReviewInvite.objects.filter(planned=planned, pk=invited).first()
    if row is None:
        raise Http404

    def act(note: Notes, given: Any) -> None:
        agreeing.answer_invite(note, row=row, answer=given["answer"])

    form = forms.InviteAnswerForm(data_of(request), initial={"answer": row.answer})
    return _asked(request, reach, planned, form, act, f"What {row.name} said")


@for_roles(*ORGANISES)
def checks(request: Request, reference: str, number: int) -> HttpResponse:
    """The check-list: what changed is written down, with a name."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    before = queries.newest_checks(planned)
    begin: dict[str, Any] = {"done": [line for line, row in before.items() if row.done]}
    begin |= {f"said_{line}": row.said for line, row in before.items()}
    form = forms.ChecksForm(data_of(request), initial=begin)

    def act(note: Notes, given: Any) -> None:
        for line in BEFORE:
            done, said = line.code in given["done"], given.get(f"said_{line.code}", "")
            row = before.get(line.code)
            if (done, said) != ((row.done, row.said) if row else (False, "")):
                agreeing.tick(note, planned=planned, line=line.code, done=done, said=said)
        if not note.events:
            note.of("review_check.looked_at", planned, words="The check-list of a review was looked at.")

    return _asked(request, reach, planned, form, act, "Check-list before the day")
