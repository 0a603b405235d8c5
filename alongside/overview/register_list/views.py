"""The register: the list, its saved views, and its counts for those who see numbers and never a person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.features.people.models import Circumstance, Guard
from alongside.features.register.access import may_run_register
from alongside.features.register.forms import SaveViewForm
from alongside.features.register.models import Colour, SavedView
from alongside.features.register.saved_views import remove_view, save_view
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import recording
from alongside.overview.models import RegisterRow
from alongside.overview.register_list import words
from alongside.overview.register_list.asking import YES, Asked, read_asked
from alongside.overview.register_list.counting import count_areas
from alongside.overview.register_list.paging import Line, Page
from alongside.overview.register_list.reading import (
    Beside,
    Counts,
    areas_of,
    only_own,
    read_around,
    read_list,
)

READS_LIST = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
READS_COUNTS = (Role.SENIOR_OFFICER, Role.REGIONAL)
PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)


@for_roles(*READS_LIST, *READS_COUNTS, *PARTNERS)
def register(request: Request) -> HttpResponse:
    """Whoever works with people gets the list; who answers for the area its counts; partners their people."""
    if request.me.holds(*READS_LIST):
        return _list(request)
    if request.me.holds(*READS_COUNTS):
        return render(request, "overview/register_counts.html", {"areas": count_areas(request.me)})
    return redirect("people")


def _list(request: Request) -> HttpResponse:
    me, now = request.me, request.at
    areas = areas_of(me)
    if not areas:
        raise Http404
    asked = read_asked(request.GET, areas, every_list=only_own(me))
    page = read_list(me, asked, now)
    counts, beside = read_around(me, asked, now)
    record_look(me, "register list", [row.person_id for row in page.rows], at=now)
    context = _shown(me, asked, page, counts, beside, now) | {
        "areas": areas,
        "own_views": [view for view in beside.views if view.owner_id == me.id],
        "shared_views": [view for view in beside.views if view.owner_id != me.id],
        "save_form": SaveViewForm(initial={"query": asked.saved_query(), "area": asked.area}),
    }
    return render(request, "overview/register_list.html", context)


def _shown(me: Me, asked: Asked, page: Page, counts: Counts, beside: Beside, now: datetime) -> dict[str, Any]:
    today = words.english_day(now)
    owners = [*words.OWNER_LABELS.items(), *beside.owners]
    anybody = ("", "Anybody")
    return {
        "asked": asked,
        "keyworkers": [anybody, *beside.keyworkers],
        "owners": [anybody, *owners],
        "rows": [shown_row(row, now, today) for row in page.rows],
        "counts": _count_links(asked, counts),
        "total": counts.total,
        "chosen": words.chosen_words(asked, dict(owners), dict(beside.keyworkers)),
        "previous_url": f"?{asked.first_page(before=page.before).query()}" if page.before else "",
        "next_url": f"?{asked.first_page(after=page.after).query()}" if page.after else "",
        "sorts": words.SORT_LABELS,
        "sort_urls": {sort: f"?{asked.first_page(sort=sort).query()}" for sort in words.SORT_LABELS},
        "listings": words.LISTING_LABELS,
        "colours": words.COLOUR_LABELS,
        "yes": {name: words.FILTER_LABELS[name] for name in YES},
        "councils": [("", "Any"), *((council, council) for council in beside.councils)],
        "flags": [("", "Any"), *Circumstance.Kind.choices],
        "clear_url": f"?{Asked(asked.area, asked.listing, asked.sort).query()}",
        "own": only_own(me),
        "may_add": may_run_register(me, asked.area),
    }


def _count_links(asked: Asked, counts: Counts) -> list[tuple[str, int, str, bool]]:
    """(words, how many, address, whether it is what is shown) for the head of the list."""
    found = []
    for colour in (*Colour.values, "none"):
        people = counts.colours.get("" if colour == "none" else colour, 0)
        if people or colour != "none":
            only = Asked(asked.area, asked.listing, asked.sort, colour=(colour,))
            found.append((words.COLOUR_LABELS[colour].lower(), people, f"?{only.query()}", asked.colour == (colour,)))
    yes: Mapping[str, tuple[str, int]] = {
        "late": ("with something late", counts.late),
        "backlog": ("only in the backlog", counts.backlog),
        "proposal": ("with a proposed rating", counts.proposals),
        "alone": ("without a keyworker", counts.alone),
        "unconfirmed": ("not confirmed", counts.unconfirmed),
    }
    for name, (label, people) in yes.items():
        if people:
            only = Asked(asked.area, asked.listing, asked.sort).first_page(**{name: True})
            found.append((label, people, f"?{only.query()}", getattr(asked, name)))
    return found


def shown_row(row: RegisterRow | Line, now: datetime, today: date) -> dict[str, Any]:
    """One person as a line of the list or of the answers to a search."""
    ended = words.has_ended(row.changes_at, now)
    when = words.due_words(row.next_due, now, row.late_from) if row.next_what else "Nothing is due"
    return {
        "name": f"{row.family_name}, {row.given_name}" if row.family_name else row.given_name or "Name not known",
        "reference": row.reference,
        "age": words.age_on(row.birth_date, today),
        "colour": row.colour,
        "since": words.rating_words(row.colour_since, today) if row.colour else "",
        "looked": words.looked_words(row.rated_on, today),
        "late": now > row.late_from and not ended,
        "backlog": row.backlog and row.late_from == row.next_due,
        "when": words.ENDED if ended else when,
        "what": "" if ended else row.next_what,
        "owner": row.next_owner,
        "keyworker": row.keyworker_name,
        "council": row.council,
        "in_hospital": row.in_hospital,
        "proposal": row.proposal,
        "provisional": row.provisional,
        "unconfirmed": row.guard == Guard.REGISTER_TEAM,
        "restricted": row.guard == Guard.RESTRICTED,
    }


@for_roles(*READS_LIST)
def save_this_view(request: Request) -> HttpResponse:
    """Keeps the filters of the list under a name, for oneself or for everybody of the area."""
    areas = areas_of(request.me)
    form = SaveViewForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "overview/save_view.html", {"form": form}, status=400 if form.is_bound else 200)
    area = form.cleaned_data["area"]
    if area not in areas:
        raise Http404
    asked = read_asked(QueryDict(form.cleaned_data["query"]), [area], every_list=only_own(request.me))
    with recording(by=request.me, at=request.at) as note:
        view = save_view(
            note,
            owner_id=request.me.id,
            icb_id=area,
            name=form.cleaned_data["name"],
            query=asked.saved_query(),
            shared=form.cleaned_data["shared"] and area in request.me.agreed,
        )
    messages.success(request, f"The view “{view.name}” was saved.")
    return redirect(f"/register?area={area}&{view.query}")


@for_roles(*READS_LIST)
def remove_this_view(request: Request, view_id: int) -> HttpResponse:
    """Takes one of one's own views away."""
    view = SavedView.objects.filter(pk=view_id, owner_id=request.me.id).first()
    if view is None:
        raise Http404
    if request.method == "POST":
        with recording(by=request.me, at=request.at) as note:
            remove_view(note, view=view)
        messages.success(request, f"The view “{view.name}” was removed.")
        return redirect("register")
    return render(request, "overview/remove_view.html", {"view": view})
