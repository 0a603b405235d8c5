"""The pages of an asking. What was typed is kept between them, right or wrong."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import DECISIONS, Decided, bases
from alongside.features.people.agreement.around import AGREED_BEFORE, Recipient, answer_about
from alongside.features.people.agreement.reading import Known
from alongside.features.people.agreement.standing import sees_now
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.documents.keeping import kept_file, set_aside
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    Form,
    OnceForm,
    RadiosField,
    TextareaField,
    TextField,
)
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.agreements import Answer, newest

A_DATE = "For example, 31 3 2026"
SPEAK_FOR_THEMSELVES = ("competent_child", "sixteen")
TOPICS = [(str(topic.value), text.TOPIC_WORDS[topic].capitalize()) for topic in Topic]
ANSWERS = (
    (text.YES, "Yes"),
    (text.BUT, "Yes, but not about everything"),
    (text.NO, "No"),
    (text.LATER, "Not asked now"),
)
LEAVE = "What should they not know about?"


class WhoForm(Form):
    """1. Who decides, and how do we know?"""

    # A name is needed of whoever decides for somebody else; 'optional' beside it would say otherwise.
    marks_optional = False
    basis = RadiosField("Who decides?", choices=(), subject="Who decides")
    decided_by = TextField(
        "Their name", hint="Needed, unless the young person decides themselves.", most=120, required=False
    )
    decided_on = DateField("When did they say it?", subject="The day they said it", hint=A_DATE, not_after_today=True)
    evidence = TextField(
        "How do we know?",
        subject="How we know",
        hint="Like: said at the visit, with pictures; signed form; letter. A document can be added at the end.",
        missing="Say how we know: for example, said at the visit, a signed form, or a letter",
        most=300,
    )
    valid_until = DateField(
        "Until when does it stand, if there is an end?",
        hint=f"Leave it empty when there is none. {A_DATE}",
        not_before_today=True,
        required=False,
    )

    def __init__(self, *given: Any, known: Known, today: date, **named: Any) -> None:
        super().__init__(*given, today=today, **named)
        self.known = known
        self.covers = bases(known, today)
        basis: Any = self.fields["basis"]
        basis.choices = [(value, text.BASES[value][0]) for value in text.BASES if value in self.covers]
        basis.hints = {value: self._hint(value) for value in self.covers}

    def _hint(self, basis: str) -> str:
        covers = self.covers[basis]
        only = "" if len(covers) == len(DECISIONS) else " Here only for " + text.joined(
            text.PURPOSE[about] for about in DECISIONS if about in covers
        ) + "."  # fmt: skip
        return text.BASES[basis][1] + only

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        basis, on = given.get("basis"), given.get("decided_on")
        if basis in SPEAK_FOR_THEMSELVES:
            self._check_own_name(given)
        elif basis and not given.get("decided_by") and "decided_by" not in self.errors:
            self.add_error("decided_by", "Enter the name of who decides")
        if on and self.known.born and on < self.known.born:
            self.add_error("decided_on", f"They were born on {day(self.known.born)}. Check the date")
        elif basis and on and basis not in bases(self.known, on):
            self.add_error("decided_on", self._then_somebody_else(on))
        return given

    def _check_own_name(self, given: dict[str, Any]) -> None:
        """Nobody else's name stands for an answer that only they can give."""
        typed, name = given.get("decided_by", ""), self.known.name
        if typed and not set(typed.casefold().split()) & {*name.casefold().split(), self.known.called.casefold()}:
            self.add_error(
                "decided_by", f"Only {name} can give this answer. Leave the name empty, or choose who decides"
            )
        elif not typed:
            given["decided_by"] = name

    def _then_somebody_else(self, on: date) -> str:
        who = text.joined(text.BASES[basis][0].lower() for basis in bases(self.known, on))
        return f"On {day(on)} it was for {who} to decide. Check the date, or ask anew and enter the day of that"

    def decided(self) -> Decided:
        """What a valid page says."""
        given = self.cleaned_data
        return Decided(
            given["basis"], given["decided_by"], given["decided_on"], given["evidence"], given["valid_until"]
        )


class _Asking(Form):
    """Questions that are all answered alike: yes; yes, but not about everything; no; not asked now."""

    marks_optional = False

    def ask(self, name: str, question: str, stands: Collection[Answer], topics: Iterable[int], hint: str) -> None:
        """`stands`: the answers to exactly this question so far. What they left out is ticked already."""
        left = f"{name}_not"
        self.fields[name] = RadiosField(
            question,
            choices=ANSWERS,
            reveals={text.BUT: left},
            hint=hint,
            missing=f"Select an answer, or ‘Not asked now’: {question}",
        )
        wanted = {str(topic) for topic in topics}
        self.fields[left] = CheckboxesField(
            LEAVE,
            choices=[(value, label) for value, label in TOPICS if value in wanted],
            initial=[value for value in wanted if _left_out(stands, int(value))],
            small=True,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in [name for name in given if f"{name}_not" in self.fields]:
            if given[name] == text.BUT and not given.get(f"{name}_not"):
                self.add_error(f"{name}_not", "Select what they should not know about")
        return given


def _left_out(stands: Collection[Answer], topic: int) -> bool:
    """Whether a yes stands that leaves this topic out."""
    whole, one = (_newest_of(stands, number) for number in (Topic.IDENTITY.value, topic))
    return bool(whole and whole.answer == "given" and one and one.answer != "given")


def _newest_of(stands: Collection[Answer], topic: int) -> Answer | None:
    for each in stands:
        return newest(stands, topic, each.purpose, each.recipient_kind, each.recipient_id)
    return None


def so_far(known: Known, stands: Collection[Answer]) -> str:
    """The answer that stands to a question, in words."""
    last = _newest_of(stands, Topic.IDENTITY.value)
    if last is None or last.answer == "unknown":
        return text.NOT_SO_FAR
    words = {"given": "agreed", "refused": "said no", "withdrawn": "withdrawn"}[last.answer]
    by = known.decided_by.get(last.id, "")
    return f"So far: {words}, {day(last.decided_on or last.recorded_on)}{', by ' + by if by else ''}."


def stands_for(known: Known, purpose: str, kind: str = "", number: int | None = None) -> list[Answer]:
    return [
        each
        for each in known.ledger.answers
        if (each.purpose, each.recipient_kind) == (purpose, kind) and (not kind or each.recipient_id == number)
    ]


class MayForm(_Asking):
    """2. May they be on the register, and may a keyworker work with them?"""

    def __init__(self, *given: Any, known: Known, covers: Collection[str], today: date, **named: Any) -> None:
        super().__init__(*given, today=today, **named)
        others = [topic for topic in EVERY_TOPIC if topic != Topic.IDENTITY]
        for purpose, question in (
            ("register", f"May {known.called} be on the register?"),
            ("keyworking", f"May a keyworker work with {known.called}?"),
        ):
            if purpose in covers:
                stands = stands_for(known, purpose)
                self.ask(purpose, question, stands, others, so_far(known, stands))
        self.fields["told"] = TextareaField(
            "If the answer is no: who was told of it?",
            subject="Who was told of it",
            hint="Names, and how. Write ‘nobody yet’ when that is so.",
            most=400,
            rows=2,
            required=False,
        )
        self.fields["ask_again_on"] = DateField(
            "If the answer is no: when may we ask again?",
            subject="The day on which we may ask again",
            hint="Leave it empty for the day that the service’s own rule gives.",
            not_before_today=True,
            required=False,
        )
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        says_no = text.NO in (given.get("register"), given.get("keyworking"))
        if says_no and not given.get("told") and "told" not in self.errors:
            self.add_error("told", "Write down who was told of the no, or ‘nobody yet’")
        return given


class KnownForm(_Asking):
    """3. Who else may know? later: after a no to the register nothing has to be asked about each of the others."""

    def __init__(
        self, *given: Any, known: Known, recipients: Iterable[Recipient], today: date, at: datetime,
        later: bool = False, **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*given, today=today, **named)
        for each in recipients:
            stands = stands_for(known, "sharing", each.kind, each.id)
            hint = so_far(known, stands)
            if hint == text.NOT_SO_FAR and sees_now(known, each, at):
                hint = text.NOT_BY_NAME
            elif hint == text.NOT_SO_FAR and (wider := answer_about(known, each, Topic.IDENTITY)):
                hint = text.LIKE_THEM[wider.answer == "given"]
            self.ask(each.key, f"{each.title}: may they know?", stands, each.topics, hint)
            # A yes to somebody who is around no more stands unless it is answered anew.
            if later or each.who == AGREED_BEFORE:
                self.fields[each.key].initial = text.LATER
        self.fields["told"] = TextareaField(
            "If somebody may not know any more: who was told that it stopped?",
            subject="Who was told that it stopped",
            most=400,
            rows=2,
            required=False,
        )


class ConfirmForm(OnceForm):
    """'Who will know what' was read out; this saves it. `read` is the mark of what stood on the page."""

    file = DocumentField("Add a document that shows it", required=False)
    set_aside = forms.CharField(widget=forms.HiddenInput, required=False)
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, owner: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.owner = owner

    def chosen(self) -> Checked | None:
        """The file that was chosen now, or before something else was put right."""
        given = self.cleaned_data
        return given.get("file") or kept_file(given.get("set_aside", ""), self.owner)

    def read_again(self, mark: str) -> None:
        """The page is shown again with what it says now. A file that was chosen need not be chosen again."""
        data = {**self.data.dict(), self.add_prefix("read"): mark}  # type: ignore[attr-defined]
        if file := self.chosen():
            data[self.add_prefix("set_aside")] = set_aside(file, self.owner)
            self.fields["file"].help_text = f"{file.file_name} is kept. Choose another one only to take its place."
        self.data = data
