"""The family's own pages. Each reads as little as it shows, and nothing of anybody else's."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.keyworking.handing_over.photos import photo_of
from alongside.features.people.changing import answer_form
from alongside.features.people.documents.operations import add_own
from alongside.features.people.operations import record_own_words
from alongside.features.people.operations.family import post_change
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.documents.serving import serve
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.nhsuk.forms.wording import lower_first
from alongside.foundation.topics import Topic
from alongside.portal import looked as looks_at
from alongside.portal import promises, reading
from alongside.portal import words as words_for
from alongside.portal.after_death import HELPLINE
from alongside.portal.agreed import agreed as agreed_by
from alongside.portal.doors import doors_of
from alongside.portal.forms import ChangeForm, PictureForm, WordsForm
from alongside.portal.meetings_ahead import ahead
from alongside.portal.moving import who_has_them
from alongside.portal.planned import planned
from alongside.portal.reading import Mine
from alongside.portal.words import CHANGES

FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)
#: So many dates stand on the first page; all of them on the plan's.
SOON = 4
TOLD = "We have got it. We look at it by {day}, and tell you here what we did."
WRITTEN = "Thank you. It stands first on your page, and your worker reads it."
ADDED = "Thank you. It stands first on the page of {name}, and it says that you added it."


def _shown(request: Request, template: str, mine: Mine, **more: Any) -> HttpResponse:
    context = {"mine": mine, "person": mine.person, "own": mine.own, "today": mine.today, **more}
    return render(request, f"portal/{template}.html", context)


@for_roles(*FAMILY)
def start(request: Request) -> HttpResponse:
    """One's own page; a parent of two chooses whose."""
    people = reading.people_of(request.me)
    if len(people) == 1:
        return redirect("mine_home", reference=people[0].reference)
    return render(request, "portal/whose.html", {"people": people})


@for_roles(*FAMILY)
def home(request: Request, reference: str) -> HttpResponse:
    """Who my worker is, what is next, and what we did about what I told."""
    mine = reading.mine(request, reference, "family home")
    if mine.person.died_on:
        known = {"contact": find_contact(mine.person.icb_id), "worker": reading.last_worker(mine)}
        return _shown(request, "died", mine, **known, helpline=HELPLINE)
    workers = reading.workers(mine)
    doors = doors_of(mine, has_worker=any(w["part"] == "designated" for w in workers))
    return _shown(
        request,
        "home",
        mine,
        worker=next((w for w in workers if w["part"] == "designated"), None),
        others=[w for w in workers if w["part"] != "designated"],
        cover=reading.cover(mine)[:2],
        planned=planned(mine, request.at)[:SOON],
        ahead=ahead(mine, request.at)[:1] if Topic.REVIEW in mine.reach.topics else [],
        next=reading.what_is_next(mine, request.at, [one["id"] for one in workers]),
        told=reading.told(mine)[:1],
        doors=doors,
        contact=doors if doors.phone else None,
        ring=reading.out_of_hours(mine),
        moves=who_has_them(mine) if doors.moves else None,
    )


@for_roles(*FAMILY)
def worker_picture(request: Request, reference: str, worker: int) -> HttpResponse:
    """The picture of somebody who works with me, or soon will."""
    mine = reading.mine(request, reference, "family worker")
    found = photo_of(worker) if worker in [one["id"] for one in reading.workers(mine)] else None
    if found is None:
        raise Http404
    try:
        return serve(key=found.storage_key, media_type=found.media_type, file_name="picture", inline=True)
    except FileNotFoundError as gone:
        raise Http404 from gone


@for_roles(*FAMILY)
def promised(request: Request, reference: str) -> HttpResponse:
    """What was promised, by whom, by when, and what happened; also that we look at what they told us."""
    mine = reading.mine(request, reference, "family promises")
    asked = [one for one in reading.told(mine) if one.answered_at is None]
    by = {one.pk: reading.looked_at_by(mine, one.recorded_at, urgent=one.urgent) for one in asked}
    return _shown(request, "promised", mine, promises=promises.promises(mine), asked=asked, by=by)


@for_roles(*FAMILY)
def letters(request: Request, reference: str) -> HttpResponse:
    """What we wrote to whoever reads this."""
    mine = reading.mine(request, reference, "family letters")
    return _shown(request, "letters", mine, letters=reading.letters(mine))


@for_roles(*FAMILY)
def letter(request: Request, reference: str, message: str) -> HttpResponse:
    """A letter as it was posted, to whoever it was written to."""
    mine = reading.mine(request, reference, "family letter")
    key = reading.letter_key(mine, message)
    if not key:
        raise Http404
    try:
        return serve(key=key, media_type="application/pdf", file_name="letter.pdf")
    except FileNotFoundError as gone:
        raise Http404 from gone


@for_roles(Role.YOUNG_PERSON)
def words(request: Request, reference: str) -> HttpResponse:
    """My own words: staff read them first on my page."""
    mine = reading.mine(request, reference, "family words")
    form = WordsForm(request.POST if request.method == "POST" else None)
    return answer_form(
        request,
        form,
        lambda note, given: record_own_words(
            note, person=mine.person, words=given["words"], said_how="written by themselves"
        ),
        go_to=f"/mine/{mine.person.reference}/words",
        saved=WRITTEN,
        template="portal/words.html",
        context=_frame(mine) | {"said": reading.own_words(mine), "pictures": reading.pictures(mine)},
    )


@for_roles(*FAMILY)
def picture(request: Request, reference: str) -> HttpResponse:
    """A picture I made, or my voice: it stands with my own words. A parent adds what their child made."""
    mine = reading.mine(request, reference, "family picture")
    form = PictureForm(request.POST or None, request.FILES or None, owner=request.me.id)
    if not mine.own:
        form.asks_a_parent(mine.name)

    def act(note: Any, given: Mapping[str, Any]) -> None:
        by = "" if mine.own else lower_first(reading.told_as(mine))
        add_own(note, person=mine.person, about=given["about"], checked=given["file"], added_by=by)

    return answer_form(
        request,
        form,
        act,
        go_to=f"/mine/{mine.person.reference}/{'words' if mine.own else 'picture'}",
        saved=WRITTEN if mine.own else ADDED.format(name=mine.name),
        template="portal/picture.html",
        context=_frame(mine) | {"pictures": [] if mine.own else reading.pictures(mine)},
    )


@for_roles(*FAMILY)
def picture_file(request: Request, reference: str, fact_id: int) -> HttpResponse:
    """One of my own pictures or recordings; for a parent, one that they added."""
    mine = reading.mine(request, reference, "family picture")
    found = next((one for one in reading.pictures(mine) if one.pk == fact_id), None)
    if found is None:
        raise Http404
    try:
        return serve(key=found.storage_key, media_type=found.media_type, file_name=found.file_name)
    except FileNotFoundError as gone:
        raise Http404 from gone


@for_roles(*FAMILY)
def change(request: Request, reference: str) -> HttpResponse:
    """Something has changed: it becomes work with a clock, and the answer comes back to this page."""
    mine = reading.mine(request, reference, "family change")
    asked = request.GET.get("about", "")
    begin = {"kind": asked} if asked in [str(kind) for kind, _ in CHANGES] else {}
    if request.method != "POST" and (question := looks_at.question_of(mine, request.GET.get("look", ""), request.at)):
        begin["told"] = question
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm(initial=begin)

    urgent = form.is_bound and form.is_valid() and form.cleaned_data["urgent"]
    by = reading.looked_at_by(mine, request.at, urgent=urgent)

    def act(note: Any, given: Mapping[str, Any]) -> None:
        told_as = reading.told_as(mine)
        post_change(
            note, person=mine.person, kind=given["kind"], told=given["told"], urgent=given["urgent"], told_as=told_as
        )

    return answer_form(
        request,
        form,
        act,
        go_to=f"/mine/{mine.person.reference}/change",
        saved=TOLD.format(day=words_for.day_of_week(by)),
        template="portal/change.html",
        context=_frame(mine) | {"told": reading.told(mine), "contact": find_contact(mine.person.icb_id)},
    )


@for_roles(*FAMILY)
def who(request: Request, reference: str) -> HttpResponse:
    """Who can see what about me, and why."""
    mine = reading.mine(request, reference, "family who sees")
    return _shown(request, "who", mine, people=reading.who_sees(mine), teams=reading.teams_that_see(mine))


@for_roles(*FAMILY)
def looked(request: Request, reference: str) -> HttpResponse:
    """Who opened the page and why, and whom we told; each can be questioned, and the question is work."""
    mine = reading.mine(request, reference, "family who looked")
    return _shown(
        request,
        "looked",
        mine,
        looks=looks_at.who_looked(mine, request.at),
        emergencies=looks_at.emergencies(mine),
        shares=looks_at.shares(mine),
    )


@for_roles(*FAMILY)
def agreed(request: Request, reference: str) -> HttpResponse:
    """What I said yes and no to, and how to change it."""
    mine = reading.mine(request, reference, "family agreed")
    if Topic.AGREEMENT not in mine.reach.topics:
        raise Http404
    return _shown(request, "agreed", mine, answers=agreed_by(mine, request.at))


def _frame(mine: Mine) -> dict[str, Any]:
    return {"mine": mine, "person": mine.person, "own": mine.own, "today": mine.today}
