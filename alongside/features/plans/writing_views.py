"""Writing the plan: the list of its parts, and one part on a page of its own, kept as it is typed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.features.people.models import Person
from alongside.features.people.views import writable
from alongside.features.plans import queries, showing, text
from alongside.features.plans.access import WRITES
from alongside.features.plans.drafting import Face, copied_parts, drop_aside, find_part, keep_part, read_draft
from alongside.features.plans.forms import MOST_LINES, PartForm, face_of, initial_of
from alongside.features.plans.models import DraftPart, PlanPart
from alongside.features.plans.views import name_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.base import TOKEN
from alongside.foundation.recording.looks import record_look
from alongside.policy.plans import PARTS, PartKind
from alongside.policy.reading_age import measure


def _part(reference: str, kind: str, request: Request) -> tuple[Person, PartKind]:
    person = writable(request, reference).person
    if kind not in PARTS:
        raise Http404
    return person, PARTS[kind]


@for_roles(*WRITES)
def draft(request: Request, reference: str) -> HttpResponse:
    """Every part: whether it is written, in which faces, how hard to read, and what changed since it was shared."""
    person = writable(request, reference).person
    shared = queries.latest_parts(request.me, person)
    told = read_draft(person, shared)
    was = {kind: row.face for kind, row in shared.items()}
    copied = copied_parts(person)
    record_look(request.me, "plan draft", [person.pk], at=request.at)
    rows = [
        {
            "part": part,
            "title": showing.title_of(part, own=False, name=name_of(person)),
            "written": bool(told[key]),
            "faces": [label for name, label in _FACES.items() if told[key].get(name)],
            "meter": measure(told[key].get("plain") or told[key].get("words") or ""),
            "differs": bool(was) and told[key] != was.get(key, {}),
            "copied": key in copied,
        }
        for key, part in PARTS.items()
    ]
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "name": name_of(person),
        "rows": rows,
        "proposal": queries.open_proposal(request.me, person),
        "any_written": any(row["written"] for row in rows),
        "copied_from": next(iter(copied.values()), None),
        "assessed": queries.assessed(request.me, person, request.at.astimezone(LONDON).date()),
    }
    return render(request, "plans/draft.html", context)


_FACES = {"words": "in full", "plain": "in plain words", "easy": "in easy read"}


@for_roles(*WRITES)
def part(request: Request, reference: str, kind: str) -> HttpResponse:
    """Writes one part. Nothing is refused for being hard to read; a clash with somebody else loses neither's words."""
    person, about = _part(reference, kind, request)
    if request.method == "POST":
        return _save(request, person, about)
    row = find_part(person, kind)
    face = row.face if row else _shared_face(request, person, kind)
    record_look(request.me, "plan draft", [person.pk], at=request.at)
    form = PartForm(initial=initial_of(face, row.version if row else 0), lines=_room(face))
    return _draw(request, person, about, form, row, face)


def _shared_face(request: Request, person: Person, kind: str) -> Face:
    found: PlanPart | None = queries.latest_parts(request.me, person, [kind]).get(kind)
    return found.face if found else {}


def _room(face: Face) -> int:
    """The lines there are and two more."""
    return min(len(face.get("easy") or []) + 2, MOST_LINES)


def _save(request: Request, person: Person, about: PartKind) -> HttpResponse:
    form = PartForm(request.POST, lines=MOST_LINES if request.POST.get(f"line_{MOST_LINES - 1}") else _lines(request))
    row = find_part(person, about.key)
    if not form.is_valid():
        return _draw(request, person, about, form, row, form.cleaned_data, status=422)
    given = form.cleaned_data
    kept = keep_part(
        person=person,
        kind=about.key,
        face=form.face,
        seen=given["seen"],
        page=given["submission"],
        by=request.me,
        at=request.at,
        gone_through=True,
    )
    if kept.clash:
        row = find_part(person, about.key)
        assert row is not None
        again = PartForm(initial=initial_of(form.face, kept.version), lines=_room(form.face))
        return _draw(request, person, about, again, row, form.face, status=409, clash=row)
    messages.success(request, text.KEPT)
    if "stay" in request.POST:
        return redirect("plan_part", person.reference, about.key)
    if "next" in request.POST and (following := _following(about)):
        return redirect("plan_part", person.reference, following.key)
    return redirect("plan_draft", person.reference)


def _following(about: PartKind) -> PartKind | None:
    """The part that comes after this one in the plan; None after the last."""
    parts = list(PARTS.values())
    return next(iter(parts[parts.index(about) + 1 :]), None)


def _lines(request: Request) -> int:
    return min(sum(1 for name in request.POST if name.startswith("line_")) or 2, MOST_LINES)


def _draw(
    request: Request,
    person: Person,
    about: PartKind,
    form: PartForm,
    row: DraftPart | None,
    face: Face | dict[str, Any],
    *,
    status: int = 200,
    clash: DraftPart | None = None,
) -> HttpResponse:
    shown = showing.shown_parts({about.key: face}, "easy", own=True, name=name_of(person)) if face else []
    easy = shown[0]["easy"] if shown else []
    following = _following(about)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "name": name_of(person),
        "part": about,
        "title": showing.title_of(about, own=False, name=name_of(person)),
        "form": form,
        "row": row,
        "clash": clash,
        "clash_words": text.CLASH.format(name=clash.saved_by.name) if clash else "",
        "aside": [] if clash else _aside(row),
        "preview": easy,
        "meters": showing.meters_of(face),
        "more_room": form.lines < MOST_LINES,
        "pictures": text.PICTURES,
        "following": showing.title_of(following, own=False, name=name_of(person)) if following else "",
    }
    return render(request, "plans/part.html", context, status=status)


def _aside(row: DraftPart | None) -> list[dict[str, Any]]:
    """What was kept aside: by whom, and what they had typed."""
    return [{"actor": actor, **words} for actor, words in (row.aside if row else {}).items()]


@for_roles(*WRITES)
@require_POST
def keep(request: Request, reference: str, kind: str) -> JsonResponse | HttpResponse:
    """What is typed, while it is typed. `kept` is false where somebody else's words are newer: then it lies aside.

    `meters` says how hard each face is to read, as the page does after saving.
    """
    person, about = _part(reference, kind, request)
    if "drop" in request.POST:
        actor = request.POST["drop"]
        drop_aside(person=person, kind=about.key, actor_id=int(actor) if actor.isdecimal() and len(actor) < 18 else 0)
        return redirect("plan_part", person.reference, about.key)
    page, seen = request.POST.get("submission", ""), request.POST.get("seen", "")
    form = PartForm(request.POST, lines=_lines(request))
    typed_well = form.is_valid()
    if not TOKEN.fullmatch(page) or not (seen.isascii() and seen.isdecimal() and len(seen) < 9) or not typed_well:
        return JsonResponse({"kept": False}, status=409)
    face = face_of(form.cleaned_data, form.lines)
    kept = keep_part(person=person, kind=kind, face=face, seen=int(seen), page=page, by=request.me, at=request.at)
    return JsonResponse({"kept": not kept.clash, "meters": showing.meters_of(face)})
