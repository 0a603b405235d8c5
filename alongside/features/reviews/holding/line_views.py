"""One line of enquiry on a page of its own, kept as it is typed; two who write at once lose nothing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.features.reviews.holding import access, text
from alongside.features.reviews.holding.forms import LineForm, initial_of, words_from
from alongside.features.reviews.holding.lines import (
    drop_aside,
    find_line,
    findings_of,
    keep_finding,
    lines_of,
    words_of,
)
from alongside.features.reviews.holding.views import Writing, writing
from alongside.features.reviews.models import Finding
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms.base import TOKEN
from alongside.policy.enquiry import OURS, Line


def _line(request: Request, reference: str, review_id: int, line: str) -> tuple[Writing, Line]:
    one = writing(request, reference, review_id)
    found = find_line(one.write_up, line)
    if found is None:
        raise Http404
    return one, found


@for_roles(*access.HOLDS)
def line(request: Request, reference: str, review_id: int, line: str) -> HttpResponse:
    """Writes one line. A clash with somebody else loses neither's words."""
    one, about = _line(request, reference, review_id, line)
    if request.method == "POST":
        return _save(request, one, about)
    row = findings_of(one.write_up).get(line)
    form = LineForm(initial=initial_of(words_of(row), row.version if row else 0))
    return _draw(request, one, about, form, row)


def _save(request: Request, one: Writing, about: Line) -> HttpResponse:
    form = LineForm(request.POST)
    if not form.is_valid():
        return _draw(request, one, about, form, findings_of(one.write_up).get(about.key), status=422)
    given = form.cleaned_data
    kept = keep_finding(
        write_up=one.write_up,
        line=about.key,
        words=form.words,
        seen=given["seen"],
        page=given["submission"],
        by=request.me,
        at=request.at,
    )
    if kept.clash:
        row = findings_of(one.write_up)[about.key]
        again = LineForm(initial=initial_of(form.words, kept.version))
        return _draw(request, one, about, again, row, status=409, clash=True)
    messages.success(request, text.KEPT)
    following = _following(one, about)
    if "next" in request.POST and following is not None:
        return redirect(f"{one.page}/lines/{following.key}")
    return redirect(one.page)


def _following(one: Writing, about: Line) -> Line | None:
    keys = list(lines_of(one.write_up))
    return next(iter(keys[keys.index(about) + 1 :]), None)


def _draw(
    request: Request,
    one: Writing,
    about: Line,
    form: LineForm,
    row: Finding | None,
    *,
    status: int = 200,
    clash: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "person": one.person,
        "here": one.page,
        "line": about,
        "form": form,
        "row": row,
        "clash": row if clash else None,
        "clash_words": text.CLASH.format(name=row.saved_by.name) if clash and row else "",
        "aside": [] if clash or row is None else [{"actor": actor, **kept} for actor, kept in row.aside.items()],
        "following": _following(one, about),
        "source": one.write_up.line_set.source if one.write_up.line_set else OURS,
    }
    return render(request, "reviews_held/line.html", context, status=status)


@for_roles(*access.HOLDS)
@require_POST
def keep(request: Request, reference: str, review_id: int, line: str) -> HttpResponse:
    """What is typed, while it is typed. `kept` is false where somebody else's words are newer: then it lies aside."""
    one, about = _line(request, reference, review_id, line)
    if "drop" in request.POST:
        said = request.POST["drop"]
        actor = int(said) if said.isdecimal() and len(said) < 18 else 0
        drop_aside(write_up=one.write_up, line=about.key, actor_id=actor)
        return redirect(f"{one.page}/lines/{about.key}")
    page, seen = request.POST.get("submission", ""), request.POST.get("seen", "")
    form = LineForm(request.POST)
    typed_well = form.is_valid()
    if not TOKEN.fullmatch(page) or not (seen.isascii() and seen.isdecimal() and len(seen) < 9) or not typed_well:
        return JsonResponse({"kept": False}, status=409)
    kept = keep_finding(
        write_up=one.write_up,
        line=about.key,
        words=words_from(form.cleaned_data),
        seen=int(seen),
        page=page,
        by=request.me,
        at=request.at,
    )
    return JsonResponse({"kept": not kept.clash})
