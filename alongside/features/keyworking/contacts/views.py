"""Logging a contact in under a minute, correcting one, and the list of a person's contacts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.keyworking.contacts import drafts, queries, text
from alongside.features.keyworking.contacts.finding import named
from alongside.features.keyworking.contacts.forms import ContactForm
from alongside.features.keyworking.contacts.operations import correct_contact, count_tries, log_contact, note_promise
from alongside.features.keyworking.models import Appointment, Contact, Way
from alongside.features.people.changing import ALREADY, answer_form, perform
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.activities import NOT_DONE, PURPOSES, not_done_by
from alongside.policy.counting import day_in_words
from alongside.policy.duties.contacts import OURS

PAGE = 25


def workable(request: Request, reference: str) -> Reach:
    """The person, when contacts with them may be written down. 404 outside scope, 403 where they may only be read."""
    reach = writable(request, reference)
    if not reach.sees((Topic.KEYWORKING,)):
        raise PermissionDenied(MAY_NOT)
    return reach


def back_of(request: Request, otherwise: str) -> str:
    """Where the reader came from, within this service."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else otherwise


#: What is done for whoever was found: the end of the address, and the heading of the page.
FOR_WHOM = {
    "contact": ("contact?next=/", "Whom was the contact with?"),
    "meeting": ("appointments/add?next=/calendar", "Who is it about?"),
}


@for_roles(*SEES_TEAM)
def find(request: Request, what: str = "contact") -> HttpResponse:
    """One's own people by a few letters; straight to the form where only one fits. Names stand in no address."""
    people = queries.list_my_people(request.me, request.at.astimezone(LONDON).date())
    wanted = request.POST.get("q", "").strip()[:100]
    fitting = named(people, wanted)
    go_on, title = FOR_WHOM[what]
    if wanted and len(fitting) == 1:
        return redirect(f"/people/{fitting[0].reference}/{go_on}")
    record_look(request.me, "whom a contact was with", [one.person_id for one in fitting or people], at=request.at)
    context = {
        "people": fitting,
        "all": people,
        "wanted": wanted,
        "go_on": go_on,
        "title": title,
        "action": request.path,
    }
    return render(request, "contacts/find.html", context)


@for_roles(*SEES_TEAM)
def log(request: Request, reference: str) -> HttpResponse:
    """The form of a contact: three answers and a sentence. What was typed and not saved stands in it again."""
    reach = workable(request, reference)
    appointment = _appointment(request, reach)
    page_url = f"/people/{reach.person.reference}"
    back = back_of(request, page_url)
    draft = None
    if request.method == "POST":
        form = ContactForm(request.POST, tried="tried" in request.POST, now=request.at)
        if form.is_valid() and _saved(request, reach, form, appointment):
            return redirect(back)
        drafts.keep_draft(_typed(request), person=reach.person, actor_id=request.me.id, at=request.at)
    else:
        draft = drafts.find_draft(person=reach.person, actor_id=request.me.id, at=request.at)
        initial = drafts.as_initial(draft.answers) if draft else _begin(request, appointment)
        form = ContactForm(initial=initial, now=request.at)
    record_look(request.me, "contact", [reach.person.pk], at=request.at)
    context = {
        "form": form,
        "draft": draft,
        "appointment": appointment,
        "back_url": back,
        "page_url": page_url,
        "person": reach.person,
        "before": queries.before_contact(request.me, reach),
        "not_done": NOT_DONE,
    }
    return render(request, "contacts/log.html", context, status=422 if form.is_bound else 200)


def _typed(request: Request) -> Iterable[tuple[str, list[str]]]:
    return [(name, [str(value) for value in values]) for name, values in request.POST.lists()]


def _begin(request: Request, appointment: Appointment | None) -> dict[str, Any]:
    """What is known before anything is typed: an appointment's way and time, or the way that was asked for."""
    if appointment is not None:
        at = appointment.starts_at.astimezone(LONDON)
        return {"way": appointment.way, "on": at.date(), "at": f"{at:%H:%M}", "minutes": appointment.minutes}
    way = request.GET.get("way", "")
    return {"way": way} if way in Way.values else {}


def _appointment(request: Request, reach: Reach) -> Appointment | None:
    """The open appointment that is being written up, if one is named; 404 for another person's."""
    wanted = request.POST.get("appointment") or request.GET.get("appointment") or ""
    if not wanted:
        return None
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0
    found = Appointment.objects.visible_to(request.me).filter(queries.about(reach.person), pk=number).first()
    if found is None:
        raise Http404
    return found


def _saved(request: Request, reach: Reach, form: ContactForm, appointment: Appointment | None) -> bool:
    """Whether it was saved, now or before; else the form says why not."""
    person = reach.person

    def act(note: Notes, given: Any) -> None:
        made = log_contact(
            note,
            person=person,
            reached=not form.tried,
            happened_at=form.happened_at,
            appointment=appointment,
            **{name: given[name] for name in ("way", "with_whom", "outcome", "next_step", "purpose", "minutes")},
        )
        if given.get("next_by"):
            note_promise(note, person=person, contact=made, who=OURS, what=given["next_step"], by_date=given["next_by"])
        if given.get("promise_what"):
            note_promise(
                note,
                person=person,
                contact=made,
                who=given["promise_who"],
                organisation_name=given["promise_organisation"],
                what=given["promise_what"],
                by_date=given["promise_by"],
            )
        drafts.forget_draft(person=person, actor_id=request.me.id)

    outcome = perform(request, form, act)
    if outcome == "already":
        messages.success(request, ALREADY)
    elif outcome == "done":
        _tell(request, reach, form)
    return outcome in ("done", "already")


def _tell(request: Request, reach: Reach, form: ContactForm) -> None:
    """That it is saved; and what keyworkers don't do, where that was chosen or is spoken of."""
    given = form.cleaned_data
    made, name = text.MADE[Way(given["way"])], reach.person.shown_name
    if form.tried:
        tries = text.times(count_tries(reach.person))
        messages.success(request, text.SAVED_TRIED.format(name=name, made=made[:1].lower() + made[1:], times=tries))
        if given["outcome"]:
            messages.info(request, text.TRIED_WITH_WORDS)
    else:
        made = made[:1].lower() + made[1:]
        messages.success(request, text.SAVED.format(name=name, made=made, whom=text.with_words(given["with_whom"])))
    if given.get("next_by"):
        messages.info(request, text.NEXT_DUE.format(day=day_in_words(given["next_by"])))
    for one in not_done_by(given["outcome"], given["purpose"], request.at.astimezone(LONDON).date()):
        messages.info(request, text.GUIDANCE.format(sentence=one.sentence, instead=one.instead))


@for_roles(*SEES_TEAM)
@require_POST
def keep(request: Request, reference: str) -> HttpResponse:
    """What is typed, while it is typed. Answers in one word, for the script; or throws it away, for the button."""
    reach = workable(request, reference)
    if "forget" in request.POST:
        drafts.forget_draft(person=reach.person, actor_id=request.me.id)
        messages.info(request, text.START_AGAIN)
        return redirect("contact", reference=reach.person.reference)
    drafts.keep_draft(_typed(request), person=reach.person, actor_id=request.me.id, at=request.at)
    return JsonResponse({"kept": True})


@for_roles(*SEES_TEAM)
def contacts(request: Request, reference: str) -> HttpResponse:
    """Every contact made and tried, promises, and what is planned."""
    reach = reach_person(request.me, reference)
    if reach is None:
        raise Http404
    if not reach.sees((Topic.KEYWORKING,)):
        raise PermissionDenied(MAY_NOT)
    me, person = request.me, reach.person
    rows = queries.list_contacts(me, person, before=_place(request.GET.get("before", "")), most=PAGE)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    record_look(me, "contacts", [person.pk], at=request.at)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "writes": reach.writes,
        "contacts": rows[:PAGE],
        "older": f"?before={last.happened_at.isoformat().replace('+', '%2B')}~{last.pk}" if last else "",
        "promises": queries.list_promises(me, person),
        "closed": queries.list_promises(me, person, closed=True),
        "appointments": queries.list_appointments(me, person),
        "out_of_hours": queries.find_out_of_hours(me, person),
        "purposes": PURPOSES,
        "text": text,
        "today": request.at.astimezone(LONDON).date(),
        "me": me,
    }
    return render(request, "contacts/contacts.html", context)


def _place(typed: str) -> tuple[datetime, int] | None:
    when, _, number = typed.partition("~")
    try:
        at = datetime.fromisoformat(when.replace(" ", "+"))
    except ValueError:
        return None
    return (at, int(number)) if at.tzinfo and number.isascii() and number.isdecimal() and len(number) < 19 else None


@for_roles(*SEES_TEAM)
def correct(request: Request, reference: str, contact: int) -> HttpResponse:
    """The same form, filled in with what stands; saving makes a new row, and the old one stays."""
    reach = workable(request, reference)
    found = Contact.objects.visible_to(request.me).filter(queries.about(reach.person), pk=contact).first()
    if found is None:
        raise Http404
    at = found.happened_at.astimezone(LONDON)
    initial = {
        name: getattr(found, name) for name in ("way", "with_whom", "outcome", "next_step", "purpose", "minutes")
    }
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"on": at.date(), "at": f"{at:%H:%M}"},
        tried=not found.reached,
        now=request.at,
        promises=False,
    )

    def act(note: Notes, given: Any) -> None:
        changes = {name: given[name] for name in initial}
        correct_contact(note, contact=found, happened_at=form.happened_at or found.happened_at, **changes)

    record_look(request.me, "contact", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{reach.person.reference}/contacts",
        saved=text.CORRECTED,
        context={"title": "Correct a contact", "person": reach.person, "about": "What stood before is kept."},
    )
