"""Possible duplicates while somebody is added, the worklist of pairs, two records side by side, and the log."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.people.forms import WhoForm
from alongside.features.people.identity import queries, text
from alongside.features.people.identity.finding import ASK, Alike, find_possible, is_clash
from alongside.features.people.identity.forms import OtherForm, PairForm, ReasonForm
from alongside.features.people.identity.operations import look_again, point_out, say_different, say_same
from alongside.features.people.models import Person, PossibleDuplicate
from alongside.features.people.operations import undo_merge
from alongside.features.people.views import writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

#: Whose work is matching people.
MATCHES = (Role.COORDINATOR, Role.MANAGER)
LIST = "/people/duplicates"


def look_for(request: Request, given: Mapping[str, Any]) -> tuple[list[Alike], bool]:
    """Who may be the same as somebody typed, and whether the number can't be used. The look is recorded."""
    number = given.get("nhs_number")
    found = find_possible(
        given=given.get("given_name") or "",
        family=given.get("family_name") or "",
        birth_date=given.get("birth_date"),
        nhs_number=number,
        postcode=given.get("postcode") or "",
        me=request.me,
    )
    clash = is_clash(number, found)
    if found or clash:
        # A number that can't be used is counted, so that trying numbers out is seen.
        why = "a number that can't be used" if clash else ""
        record_look(request.me, "adding a person", [one.person_id for one in found], at=request.at, why=why)
    return found, clash


@for_roles(*MATCHES)
def possible(request: Request) -> HttpResponse:
    """A part of the page while somebody is typed. By POST, so that no name stands in an address or a log."""
    if request.method != "POST":
        raise Http404
    form = WhoForm(request.POST, today=request.at.astimezone(LONDON).date())
    form.is_valid()
    # What is half typed is left out; what is typed in full is looked for.
    given = form.cleaned_data
    enough = given.get("nhs_number") or (
        given.get("family_name") and (given.get("given_name") or given.get("birth_date"))
    )
    found, clash = look_for(request, given) if enough else ([], False)
    return render(request, "people/identity_possible.html", {"found": found, "ask": ASK if clash else ""})


@for_roles(*MATCHES)
def duplicates(request: Request) -> HttpResponse:
    """The worklist: pairs to look at, the likeliest first."""
    pairs = queries.list_open_pairs(request.me)
    shown = pairs[: queries.MOST]
    people = [key for pair in shown for key in (pair.first_id, pair.second_id)]
    record_look(request.me, "possible duplicates", people, at=request.at)
    return render(request, "people/identity_pairs.html", {"pairs": shown, "more": len(pairs) > len(shown)})


@for_roles(*MATCHES)
def pair(request: Request, pk: int) -> HttpResponse:
    """Two records side by side: the same person, or not, and why."""
    found = _pair(request, pk)
    if found.state == PossibleDuplicate.State.DIFFERENT or found.first.survivor_id or found.second.survivor_id:
        return _settled(request, found)
    form = PairForm(request.POST if request.method == "POST" else None, pair=found)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        locked = _locked(found)
        if given["answer"] == text.DIFFERENT:
            say_different(note, pair=locked, because=given["because"], by=request.me)
        else:
            keep = locked.first if given["answer"] == "first" else locked.second
            say_same(note, pair=locked, keep=keep, because=given["because"], by=request.me)

    different = form.data.get("answer") == text.DIFFERENT
    return answer_form(
        request,
        form,
        act,
        go_to=LIST,
        saved=text.DIFFERENT_SAVED if different else text.SAME_SAVED,
        template="people/identity_pair.html",
        context=_side_by_side(found),
    )


def _settled(request: Request, found: PossibleDuplicate) -> HttpResponse:
    """What was said about the pair, and the way back."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return answer_form(
        request,
        form,
        lambda note, given: look_again(note, pair=_locked(found), because=given["because"], by=request.me),
        go_to=LIST,
        saved=text.REOPENED,
        template="people/identity_pair.html",
        context=_side_by_side(found) | {"settled": True},
    )


def _pair(request: Request, pk: int) -> PossibleDuplicate:
    found = queries.find_pair(pk)
    if found is None or not {found.first.icb_id, found.second.icb_id} <= set(request.me.writes):
        raise Http404
    record_look(request.me, "two records side by side", [found.first_id, found.second_id], at=request.at)
    return found


def _locked(found: PossibleDuplicate) -> PossibleDuplicate:
    """Both people's rows held until the end of the act, and the pair as it stands now."""
    list(Person.objects.select_for_update().filter(pk__in=[found.first_id, found.second_id]).order_by("pk"))
    now = queries.find_pair(found.pk)
    if now is None:
        raise NotNow("gone", "You can't see both of these records any more.")
    return now


def _side_by_side(found: PossibleDuplicate) -> dict[str, Any]:
    parts = queries.read_sides([found.first_id, found.second_id])
    first, second = (text.side(person, parts[person.pk]) for person in (found.first, found.second))
    rows = [
        {
            "label": label,
            "first": one,
            "second": other,
            "differs": label in text.TELLS and bool(one and other and one != other),
        }
        for label, one, other in zip(text.ROWS, first, second, strict=True)
        if one or other
    ]
    return {"pair": found, "rows": rows, "title": "Are they the same person?"}


@for_roles(*MATCHES)
def same_as(request: Request, reference: str) -> HttpResponse:
    """Somebody knows of another record of the same person: its reference leads to the two side by side."""
    person = writable(request, reference).person
    form = OtherForm(request.POST if request.method == "POST" else None)
    made: list[PossibleDuplicate] = []

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        other = Person.objects.visible_to(request.me).filter(reference=given["other"], survivor=None).first()
        if other is None:
            raise NotNow("nobody", text.NOBODY)
        made.append(point_out(note, person=person, other=other, by=request.me))

    if request.method != "POST":
        record_look(request.me, "same person", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: f"{LIST}/{made[0].pk}" if made else f"/people/{person.reference}",
        saved=text.POINTED_OUT,
        context={"title": "Another record of the same person", "person": person, "button": "Continue"},
    )


@for_roles(*MATCHES)
def merges(request: Request) -> HttpResponse:
    """The log of merges, newest first, each with its way back."""
    found = queries.list_merges(request.me)
    record_look(request.me, "merges", sorted({one.survivor_id for one in found}), at=request.at)
    return render(request, "people/identity_merges.html", {"merges": found})


@for_roles(*MATCHES)
def undo(request: Request, pk: int) -> HttpResponse:
    """Two records again, exactly as they stood."""
    merge = queries.find_merge(pk)
    if merge is None or merge.survivor.icb_id not in request.me.writes:
        raise Http404
    record_look(request.me, "undoing a merge", [merge.survivor_id, merge.merged_id], at=request.at)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        list(Person.objects.select_for_update().filter(pk__in=[merge.survivor_id, merge.merged_id]).order_by("pk"))
        now = queries.find_merge(pk)
        assert now is not None
        undo_merge(note, merge=now, because=given["because"], by=request.me)

    return answer_form(
        request,
        form,
        act,
        go_to="/people/merges",
        saved=text.UNDONE,
        context={
            "title": "Make them two records again",
            "person": merge.survivor,
            "about": f"{merge.merged.reference} was merged into {merge.survivor.reference}. {merge.because}",
            "warning": text.written_since(queries.count_since(merge), merge.survivor.reference, merge.merged_at),
            "button": "Undo the merge",
        },
    )
