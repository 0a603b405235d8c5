"""Asking for agreement: three plain questions, one a page, then 'Who will know what' is read back and saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.features.people import text as people_text
from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import Decided, Said, said_of
from alongside.features.people.agreement.around import Recipient, list_recipients
from alongside.features.people.agreement.closed import or_closed
from alongside.features.people.agreement.forms import ConfirmForm, KnownForm, MayForm, WhoForm
from alongside.features.people.agreement.models import AskingDraft
from alongside.features.people.agreement.operations import keep_pages, save_answers, start_again
from alongside.features.people.agreement.read_back import ReadBack, read_back
from alongside.features.people.agreement.reading import Known, Relative, read_known
from alongside.features.people.changing import ALREADY, perform, was_done
from alongside.features.people.documents.operations import add_document
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import Form
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday
from alongside.policy.deciding import DECIDES_THEMSELVES

PAGES = ("who", "may", "known")
TITLES = {
    "who": "1 of 3: who decides, and how do we know?",
    "may": "2 of 3: may they be on the register, and have a keyworker?",
    "known": "3 of 3: who else may know?",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking: whom it is about, what is known of them, who is around, and what was typed so far."""

    request: Request
    reach: Reach
    known: Known
    recipients: list[Recipient]
    draft: AskingDraft | None

    @property
    def person(self) -> Person:
        return self.reach.person

    @property
    def today(self) -> date:
        return self.request.at.astimezone(LONDON).date()

    def typed(self, page: str) -> QueryDict | None:
        """The page as it was typed; None when it was not sent yet."""
        kept = (self.draft.answers or {}).get(page) if self.draft else None
        if not isinstance(kept, dict):
            return None
        data = QueryDict(mutable=True)
        for name, values in kept.items():
            data.setlist(name, [str(value) for value in values] if isinstance(values, list) else [])
        return data

    def form(self, page: str, data: QueryDict | None) -> Form:
        """The form of a page; empty when there is nothing to fill it with."""
        common: dict[str, Any] = {"known": self.known, "today": self.today}
        if page == "who":
            return WhoForm(data, **common)
        if page == "may":
            return MayForm(data, covers=self.covers, **common)
        return KnownForm(data, recipients=self.asked, at=self.request.at, later=self.refuses_register, **common)

    @property
    def refuses_register(self) -> bool:
        typed = self.typed("may")
        return typed is not None and typed.get("register") == text.NO

    @property
    def covers(self) -> frozenset[str]:
        """The decisions that whoever decides may make."""
        who = self.form("who", self.typed("who"))
        return who.covers.get(who.cleaned_data["basis"], frozenset()) if who.is_valid() else frozenset()  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[Recipient]:
        return self.recipients if "sharing" in self.covers else []


def asking_of(request: Request, reference: str) -> Asking:
    """404 outside scope, 403 where the record, or what was agreed, may not be changed."""
    reach = writable(request, reference)
    if not reach.sees((Topic.AGREEMENT,)):
        raise PermissionDenied(people_text.MAY_NOT)
    known = read_known(reach.person, request.at)
    draft = AskingDraft.objects.filter(person=reach.person, actor_id=request.me.id, expires_at__gt=request.at).first()
    return Asking(request, reach, known, list_recipients(known, request.at, reach.topics), draft)


@for_roles(*CHANGES)
@or_closed
def ask(request: Request, reference: str, page: str) -> HttpResponse:
    """One of the three pages. What is sent is kept, right or wrong; a right one leads to the next."""
    asking = asking_of(request, reference)
    if page != "who" and not asking.covers:
        messages.info(request, text.BEFORE_WHO)
        return redirect(_url(asking, "who"))
    if request.method == "POST":
        form = asking.form(page, request.POST)
        sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        keep_pages({page: sent}, person=asking.person, actor_id=request.me.id, at=request.at)
        if form.is_valid():
            return redirect(_url(asking, (*PAGES, "read-back")[PAGES.index(page) + 1]))
        return _page(asking, page, form, status=422)
    record_look(request.me, "asking for agreement", [asking.person.pk], at=request.at)
    return _page(asking, page, asking.form(page, asking.typed(page)))


def _page(asking: Asking, page: str, form: Form, status: int = 200) -> HttpResponse:
    before = PAGES.index(page) - 1
    context = {
        "person": asking.person,
        "known": asking.known,
        "page_name": page,
        "title": TITLES[page],
        "form": form,
        "draft": asking.draft,
        "own_words": asking.known.words if asking.reach.sees((Topic.OWN_WORDS,)) else [],
        "own_files": asking.known.files if asking.reach.sees((Topic.OWN_WORDS,)) else [],
        "responsible": _responsible(asking, form) if page == "who" else [],
        "covers": asking.covers if page != "who" else frozenset(),
        "turns_sixteen": _sixteen_soon(asking) if page == "who" else None,
        "asked": asking.asked if page == "known" else [],
        "refused": page == "known" and asking.refuses_register,
        "back_url": f"/people/{asking.person.reference}" if before < 0 else _url(asking, PAGES[before]),
    }
    return render(asking.request, "people/agreement_ask.html", context, status=status)


def _sixteen_soon(asking: Asking) -> date | None:
    """The day on which they decide themselves, within the year for which an answer stands."""
    born, today = asking.known.born, asking.today
    sixteen = birthday(born, DECIDES_THEMSELVES) if born else None
    return sixteen if sixteen and today < sixteen <= birthday(today, 1) else None


def _responsible(asking: Asking, form: Form) -> list[Relative]:
    """Those known to have parental responsibility, where they may decide."""
    if "parental" not in form.covers or not asking.reach.sees((Topic.FAMILY,)):  # type: ignore[attr-defined]
        return []
    return [relative for relative in asking.known.relatives if relative.responsible]


def _url(asking: Asking, page: str) -> str:
    return reverse(f"agreement_{page}", args=[asking.person.reference])


@dataclass(frozen=True, slots=True)
class Answered:
    """All three pages, answered rightly, and what they will do."""

    said: list[Said]
    decided: Decided
    back: ReadBack


def _answered(asking: Asking) -> Answered | str:
    """What was answered; or the first page that still needs an answer."""
    given: dict[str, Mapping[str, Any]] = {}
    for page in PAGES:
        typed = asking.typed(page)
        form = asking.form(page, typed)
        if typed is None or not form.is_valid():
            return page
        given[page] = form.cleaned_data
        if isinstance(form, WhoForm):
            decided = form.decided()
    said = said_of(asking.known, asking.asked, given["may"], given["known"])
    if not said:
        return "may"
    reads = asking.reach.topics
    back = read_back(asking.known, asking.recipients, said, decided, asking.request.at, reads)
    return Answered(said, decided, back)


@for_roles(*CHANGES)
@or_closed
def read(request: Request, reference: str) -> HttpResponse:
    """'Who will know what': read out, then saved in one act."""
    asking = asking_of(request, reference)
    form = ConfirmForm(request.POST or None, request.FILES or None, owner=request.me.id)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and asking.draft is None and was_done(request, form.cleaned_data["submission"]):
        return _done(request, asking.person, ALREADY)
    answered = _answered(asking)
    if isinstance(answered, str):
        nothing = answered == "may" and asking.typed("may") is not None
        messages.info(request, text.NOTHING_ASKED if nothing else "Answer this page first.")
        return redirect(_url(asking, answered))
    if request.method == "POST":
        if is_sent:
            outcome = perform(request, form, lambda note, given: _save(note, asking, form))
            if outcome in ("done", "already"):
                if outcome == "done" and answered.back.alone:
                    messages.warning(request, answered.back.alone)
                return _done(request, asking.person, text.SAVED if outcome == "done" else ALREADY)
            asking = asking_of(request, reference)
            again = _answered(asking)
            if isinstance(again, str):
                return redirect(_url(asking, again))
            answered = again
            form.read_again(answered.back.mark)
        return _shown(asking, answered, form, status=409 if is_sent else 422)
    record_look(request.me, "who will know what", [asking.person.pk], at=request.at)
    return _shown(asking, answered, form)


def _shown(asking: Asking, answered: Answered, form: ConfirmForm, status: int = 200) -> HttpResponse:
    if not form.is_bound:
        form.initial["read"] = answered.back.mark
    context = {
        "person": asking.person,
        "known": asking.known,
        "said": answered.said,
        "decided": answered.decided,
        "basis": text.BASES[answered.decided.basis][0],
        "back": answered.back,
        "form": form,
        "urls": {page: _url(asking, page) for page in PAGES},
    }
    return render(asking.request, "people/agreement_read_back.html", context, status=status)


def _save(note: Notes, asking: Asking, form: ConfirmForm) -> None:
    """Nothing is saved but what was read out: it is worked out once more while nobody else can change it."""
    request = asking.request
    person = (
        Person.objects.visible_to(request.me)
        .select_related("icb")
        .select_for_update(of=("self",))
        .filter(pk=asking.person.pk)
        .first()
    )
    if person is None:
        raise NotNow("closed", text.CHANGED)
    known = read_known(person, request.at)
    recipients = list_recipients(known, request.at, asking.reach.topics)
    answered = _answered(Asking(request, asking.reach, known, recipients, asking.draft))
    if isinstance(answered, str) or answered.back.mark != form.cleaned_data["read"]:
        raise NotNow("changed", text.CHANGED)
    document = None
    if file := form.chosen():
        title = f"What shows the agreement of {answered.decided.by}"[:200]
        document = add_document(note, person=person, topic=Topic.AGREEMENT, kind="other", title=title, checked=file)
    save_answers(note, person=person, said=answered.said, decided=answered.decided, document=document)


def _done(request: Request, person: Person, words: str) -> HttpResponse:
    """Their page; or the register, when the answer closed the record to whoever saved it."""
    messages.success(request, words)
    seen = Person.objects.visible_to(request.me).filter(pk=person.pk).exists()
    return redirect(f"/people/{person.reference}" if seen else "/register")


@for_roles(*CHANGES)
@require_POST
@or_closed
def forget(request: Request, reference: str) -> HttpResponse:
    """Starts again with empty pages."""
    asking = asking_of(request, reference)
    start_again(person=asking.person, actor_id=request.me.id)
    messages.info(request, text.STARTED_AGAIN)
    return redirect(_url(asking, "who"))
