"""All families of a hand-over on one page: whom each is told of and how, and one button for those that are ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.queries import Line, list_lines
from alongside.features.keyworking.handing_over.telling import (
    addresses_of,
    family_accounts,
    letters_to_families,
    tell_family,
)
from alongside.features.keyworking.handing_over.views import found_or_404, posted
from alongside.features.keyworking.models import HandOver, HandOverLine
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import ALREADY, answer_form, was_done
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms import OnceForm, SelectField, TextField, TickField
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

_T = HandOverLine.Told


@dataclass(frozen=True)
class Family:
    """One family that is not told yet. `pages`: how many of them read on pages of their own."""

    line: Line
    pages: int
    address: str
    words: str
    photo: bool

    @property
    def pk(self) -> int:
        return self.line.row.pk

    @property
    def name(self) -> str:
        return self.line.row.person.shown_name

    @property
    def ways(self) -> list[tuple[str, str]]:
        """How they can be told: nobody is offered what would reach nobody."""
        found = [(_T.MESSAGE.value, f"By a message on their own pages ({self.pages})")] if self.pages else []
        if self.address:
            found.append((_T.LETTER.value, f"By a letter to {', '.join(self.address.splitlines())}"))
        return [*found, (_T.SPOKEN.value, _T.SPOKEN.label), (_T.NOT_TOLD.value, _T.NOT_TOLD.label)]


class TellAllForm(OnceForm):
    """For each family whether it is told now, how, and in what words. Those that aren't ticked stay untold."""

    marks_optional = False

    def __init__(self, *args: Any, families: Sequence[Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = families
        self.fields["words"] = TextField(
            "In person or by phone: who told them, and when? Not told: why not?",
            hint="It is written down with each family that you tick so, unless there are other words beside it.",
            subject="Who told them and when, or why nobody did",
            most=300,
            required=False,
        )
        for one in families:
            self.fields[f"taker_{one.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=one.line.row.taker_id, required=False
            )
            self.fields[f"tick_{one.pk}"] = TickField(
                f"Tell the family of {one.name}", required=False, initial=bool(one.pages)
            )
            self.fields[f"how_{one.pk}"] = SelectField("How?", choices=one.ways, empty="", required=False)
            self.fields[f"words_{one.pk}"] = TextField("Other words for this family", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ticked = [one for one in self.families if given.get(f"tick_{one.pk}")]
        if not ticked:
            self.add_error(None, "Tick the families that you tell now")
        for one in ticked:
            if given.get(f"taker_{one.pk}") != one.line.row.taker_id:
                self.add_error(f"tick_{one.pk}", f"Somebody else takes over for {one.name} now: look at the name again")
        given["told"] = [(one, given.get(f"how_{one.pk}"), self._words(given, one)) for one in ticked]
        if any(how in (_T.SPOKEN, _T.NOT_TOLD) and not words for _, how, words in given["told"]):
            self.add_error("words", "Say who told whom and when, or why nobody was told")
        return given

    @staticmethod
    def _words(given: dict[str, Any], one: Family) -> str:
        return given.get(f"words_{one.pk}") or given.get("words") or ""

    @property
    def rows(self) -> list[tuple[Family, dict[str, Any]]]:
        """Each family with its questions, as the page draws them."""
        return [(one, {name: self[f"{name}_{one.pk}"] for name in _ASKED}) for one in self.families]


_ASKED = ("taker", "tick", "how", "words")


def _families(request: Request, found: HandOver, lines: Sequence[Line]) -> list[Family]:
    """Those who have a taker and were not told of them."""
    untold = [line for line in lines if line.row.taker and not line.is_told]
    people = [line.row.person_id for line in untold]
    accounts, addresses = family_accounts(people, request.at), addresses_of(people)
    letters = letters_to_families(found, [line.row for line in untold])
    return [
        Family(
            line=line,
            pages=len(accounts.get(line.row.person_id, [])),
            address=addresses.get(line.row.person_id, ""),
            words=letters[line.row.pk].on_pages if line.row.person_id in accounts else letters[line.row.pk].on_paper,
            photo=letters[line.row.pk].pictured,
        )
        for line in untold
    ]


@for_roles(*NAMES)
def tell_all(request: Request, number: int) -> HttpResponse:
    """Every family that has a taker and isn't told, with one button for all that are ticked."""
    found = found_or_404(request, number)
    if request.method == "POST" and was_done(request, request.POST.get("submission", "")):
        # Those who were told stand on the form no more.
        messages.success(request, ALREADY)
        return redirect(f"/keyworking/hand-over/{number}")
    lines = list_lines(request.me, found, caseload_rules_of(found.icb), today_of(request))
    families = _families(request, found, lines)
    form = TellAllForm(posted(request), families=families, today=today_of(request))
    record_look(request.me, "tell families who takes over", [one.line.row.person_id for one in families], at=request.at)

    def act(note: Notes, given: Any) -> None:
        for one, how, words in given["told"]:
            one.line.row.hand_over = found
            tell_family(
                note,
                line=one.line.row,
                how=how,
                words=words if how in (_T.SPOKEN, _T.NOT_TOLD) else "",
                name=f"The family of {one.name}",
                address=one.address.splitlines(),
            )

    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/hand-over/{number}",
        saved=text.TOLD_ALL,
        template="keyworking/hand_over_tell_all.html",
        context={
            "hand_over": found,
            "alone": sum(1 for line in lines if not line.row.taker and not line.row.ends),
            "told": sum(1 for line in lines if line.is_told),
        },
    )
