"""A school's answer while it is being written: pages as they were typed, kept under the link's own key.

Pages are named 'who' and, for each young person, '1-asked', '1-them' or '1-year', and '1-worry'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from alongside.features.referrals.forms_asking import Asking, born_in
from alongside.features.referrals.public_queries import in_words
from alongside.features.referrals.schools.forms_answer import (
    AskedForm,
    ThemForm,
    WhoForm,
    WorryForm,
    WorryWithoutNameForm,
    YearForm,
)
from alongside.features.referrals.schools.models import SchoolAsk, SchoolDraft

Typed = Mapping[str, Mapping[str, list[str]]]
#: In one sending. Whoever has more sends twice.
MOST_PEOPLE = 20
_FORMS: dict[str, type[Asking]] = {
    "asked": AskedForm,
    "them": ThemForm,
    "year": YearForm,
    "worry": WorryForm,
    "worry-without-name": WorryWithoutNameForm,
}


def find_draft(ask: SchoolAsk) -> SchoolDraft | None:
    """Asked with the school's key."""
    return SchoolDraft.objects.filter(ask=ask).first()


def typed_in(draft: SchoolDraft | None) -> Typed:
    return draft.answers if draft and isinstance(draft.answers, dict) else {}


def keep_page(ask: SchoolAsk, page: str, typed: dict[str, list[str]] | None, *, at: datetime) -> SchoolDraft:
    """Keeps one page as it was typed; None takes the page away. Counts the version up.

    What may not be asked any more goes at once: who somebody is, when they turn out not to have been asked.
    """
    with transaction.atomic():
        SchoolDraft.objects.bulk_create([SchoolDraft(ask=ask, saved_at=at)], ignore_conflicts=True)
        draft = SchoolDraft.objects.select_for_update().get(ask=ask)
        kept = {name: value for name, value in typed_in(draft).items() if name != page}
        draft.answers = _allowed(kept if typed is None else {**kept, page: typed})
        draft.saved_at, draft.version = at, draft.version + 1
        draft.save(update_fields=["answers", "saved_at", "version"])
    return draft


def _allowed(typed: Typed) -> dict[str, Any]:
    pages = {"who", *(f"{number}-{slug}" for number in numbers_in(typed) for slug in pages_of(number, typed))}
    return {page: values for page, values in typed.items() if page in pages}


def take_away(ask: SchoolAsk, number: int, *, at: datetime) -> None:
    """A young person is taken out of the answer again."""
    if f"{number}-asked" in typed_in(find_draft(ask)):
        keep_page(ask, f"{number}-asked", None, at=at)


def numbers_in(typed: Typed) -> list[int]:
    """The numbers of the young people in the answer, in order."""
    found = {page.partition("-")[0] for page in typed if page.endswith("-asked")}
    return sorted(int(number) for number in found if number.isdecimal())


def pages_of(number: int, typed: Typed) -> list[str]:
    """The pages about one young person, in order. Nothing more is asked about somebody who said no."""
    agreed = typed.get(f"{number}-asked", {}).get("agreed", [""])[0]
    rest = {"given": ["them", "worry"], "not_asked": ["year", "worry"], "refused": []}
    return ["asked", *rest.get(agreed, ["year", "worry"])]


def form_of(page: str, typed: Typed, *, today: date, posted: Any = None) -> Asking:
    """The page as it was typed or sent; drawn empty when it was neither."""
    number, _, slug = page.partition("-")
    form = WhoForm if page == "who" else _FORMS[_kind(int(number), slug, typed)]
    data = posted if posted is not None else _as_posted(typed[page]) if page in typed else None
    return form(data, today=today, born=born_in(_as_posted(typed.get(f"{number}-them", {})), today))


def _kind(number: int, slug: str, typed: Typed) -> str:
    named = "them" in pages_of(number, typed)
    return "worry-without-name" if slug == "worry" and not named else slug


def _as_posted(kept: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, list(values))
    return data


@dataclass(frozen=True, slots=True)
class Read:
    """One young person as read from the draft: what is right, and the first page that is missing or wrong.

    `rows` is all that is sent, question by question in words, each with the page it stands on.
    """

    number: int
    agreed: str
    answers: dict[str, Any]
    missing: str
    rows: tuple[dict[str, str], ...] = ()


def read_person(number: int, typed: Typed, *, today: date) -> Read:
    answers: dict[str, Any] = {}
    missing = ""
    rows: list[dict[str, str]] = []
    for slug in pages_of(number, typed):
        form = form_of(f"{number}-{slug}", typed, today=today)
        if form.is_bound and form.is_valid():
            answers |= form.cleaned_data
            rows += _in_words(form, slug)
        else:
            missing = missing or slug
    return Read(number, answers.get("agreed", ""), answers, missing, tuple(rows))


def _in_words(form: Asking, slug: str) -> list[dict[str, str]]:
    """What was answered on one page, as it is read back. Who agreed is said of nobody who has not."""
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    if given.get("agreed", "given") != "given":
        given = {name: value for name, value in given.items() if not name.startswith("agreed_")}
    return [
        {"slug": slug, "key": str(one.label).rstrip("?"), "value": _with_unit(one.name, one.field, given[one.name])}
        for one in form.visible_fields()
        if one.name in given
    ]


def _with_unit(name: str, field: Any, value: Any) -> str:
    return f"{value}%" if name == "attendance" else in_words(field, value)


def read_who(typed: Typed, *, today: date) -> dict[str, Any] | None:
    """The first page's answers; None while something on it is missing or wrong."""
    form = form_of("who", typed, today=today)
    return form.cleaned_data if form.is_bound and form.is_valid() else None
