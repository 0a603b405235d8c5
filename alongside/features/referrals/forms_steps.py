"""The three ways of asking as lists of pages, and what was typed on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from alongside.features.referrals import forms_family as family
from alongside.features.referrals import forms_full as full
from alongside.features.referrals import forms_me as me
from alongside.features.referrals import forms_professional as professional
from alongside.features.referrals.forms_asking import Areas, Asking, born_in
from alongside.foundation.nhsuk.forms.fields import without_controls

#: As typed, page by page: {"name": {"given_name": ["Kai"]}}. Kept whether it is right or not, so nothing is lost.
Typed = Mapping[str, Mapping[str, list[str]]]

#: What one page may hold at most, in characters. More is shown again with its sentence, and not kept.
MOST_KEPT = 40_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "submission", "back_to"})


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `picture` and `say` stand above its questions; `only_with` names a page and values that call for it."""

    slug: str
    title: str
    form: type[Asking]
    say: str = ""
    picture: str = ""
    only_with: tuple[str, str, frozenset[str]] | None = None

    def is_wanted(self, typed: Typed) -> bool:
        if self.only_with is None:
            return True
        slug, name, values = self.only_with
        return bool(values & set(typed.get(slug, {}).get(name, [])))


@dataclass(frozen=True, slots=True)
class Way:
    """One way of asking: address, channel, pages in order, whether it is easy read, and which form it is."""

    slug: str
    channel: str
    title: str
    steps: tuple[Step, ...]
    easy: bool = False
    form: str = "short"

    def wanted(self, typed: Typed) -> list[Step]:
        return [step for step in self.steps if step.is_wanted(typed)]

    def find_step(self, slug: str) -> Step | None:
        return next((step for step in self.steps if step.slug == slug), None)


_KNOWN = frozenset({"autism", "learning_disability"})

ME = Way(
    "me",
    "young_person",
    "Ask for help for yourself",
    (
        Step("name", "What is your name?", me.NameForm, picture="name"),
        Step("birthday", "When is your birthday?", me.BirthdayForm, "We need the year too.", "birthday"),
        Step("home", "Where is your home?", me.HomeForm, "This is where you live now.", "home"),
        Step("you", "About you", me.YouForm, picture="you"),
        Step(
            "checked",
            "How do you know?",
            me.CheckedForm,
            picture="doctor",
            only_with=("you", "diagnoses", _KNOWN),
        ),
        Step("hard", "What is going on", me.HardForm, "This helps us see how fast we need to help.", "hard"),
        Step("words", "In your own words", me.WordsForm, "You can leave this out. There is no wrong way.", "words"),
        Step("grown-up", "Does anyone know?", me.GrownUpForm, "You do not have to tell them.", "grown-up"),
        Step(
            "agree",
            "Is it OK to keep this?",
            me.AgreeForm,
            "If you say yes, our team can read what you tell us. They can talk about how to help you. "
            "If we think that you or someone else is not safe, we may need to tell someone. We try to tell you first.",
            "yes",
        ),
        Step("reach", "How can we talk to you?", me.MyReachForm, picture="text"),
        Step("safe", "Keeping you safe", me.SafeForm, "We will not tell them that you asked.", "lock"),
        Step("answer", "Our answer", me.AnswerForm, picture="letter"),
    ),
    easy=True,
)

FAMILY = Way(
    "family",
    "family",
    "Ask for help for a young person in your family",
    (
        Step("you", "About you", family.YouForm),
        Step("them", "Who needs help?", family.ThemForm),
        Step("home", "Where do they live?", family.HomeForm),
        Step("diagnosis", "Autism or a learning disability", family.DiagnosisForm),
        Step("why", "What is going on?", family.WhyForm),
        Step("agree", "Do they agree?", family.AgreeForm, "No one is put on the register if they have not been asked."),
        Step("reach", "Reaching you safely", family.YourReachForm),
        Step("answer", "Our answer", family.AnswerForm),
    ),
)

PROFESSIONAL = Way(
    "professional",
    "professional",
    "Refer a child or young person",
    (
        Step("you", "About you", professional.YouForm),
        Step("them", "Child or young person", professional.ThemForm),
        Step("home", "Where they live and who knows them", professional.HomeForm),
        Step("diagnosis", "Diagnosis", professional.DiagnosisForm),
        Step("why", "Why now", professional.WhyForm),
        Step("agree", "Agreement", professional.AgreeForm),
        Step("answer", "How we answer", professional.AnswerForm),
    ),
)

FULL = Way(
    "full",
    "",
    "Tell us more",
    (
        Step("person", "About the young person", full.PersonForm),
        Step("family", "Family and who decides", full.FamilyForm),
        Step("talk", "How to talk with them", full.TalkForm),
        Step("health", "Health", full.HealthForm),
        Step("living", "Home, school and later", full.LivingForm),
        Step("risk", "Keeping safe", full.RiskForm),
        Step("support", "Support", full.SupportForm),
    ),
    form="full",
)

#: The same for the young person.
MORE = Way(
    "more",
    "young_person",
    "Tell us more",
    (
        Step("talk", "How we can talk", full.MyTalkForm, picture="words"),
        Step("day", "Your life now", full.MyDayForm, picture="home"),
        Step("people", "People and help", full.MyPeopleForm, picture="trusted"),
        Step("wishes", "What you want", full.MyWishesForm, picture="thinking"),
    ),
    easy=True,
    form="full",
)

WAYS: dict[str, Way] = {way.slug: way for way in (ME, FAMILY, PROFESSIONAL, FULL, MORE)}
BY_CHANNEL: dict[str, Way] = {way.channel: way for way in (ME, FAMILY, PROFESSIONAL)}


def way_of(channel: str, form: str) -> Way:
    """The way that a draft goes."""
    if form == FULL.form:
        return MORE if channel == MORE.channel else FULL
    return BY_CHANNEL[channel]


def as_typed(posted: QueryDict) -> dict[str, list[str]] | None:
    """What a page was sent with, ready to keep; None when it is more than any page can need."""
    kept = {
        name[:60]: [without_controls(value) for value in values[:40]]
        for name, values in posted.lists()
        if name not in NOT_KEPT
    }
    size = sum(len(name) + sum(map(len, values)) for name, values in kept.items())
    return kept if size <= MOST_KEPT and len(kept) <= 60 else None


def form_of(step: Step, typed: Typed, *, today: date, areas: Areas) -> Asking:
    """The page as it was typed. A page that was never sent is drawn empty."""
    kept = typed.get(step.slug)
    born = born_as_typed(typed, today)
    if kept is None:
        return step.form(today=today, areas=areas, born=born)
    return step.form(_as_posted(kept), today=today, areas=areas, born=born)


def born_as_typed(typed: Typed, today: date) -> date | None:
    """The date of birth on the page about the young person, as far as it was typed."""
    return born_in(_as_posted(typed.get("them", {})), today)


def typed_again(way: Way, answers: Mapping[str, Any]) -> Typed:
    """What was sent before, page by page as it would be typed, to be changed and sent anew."""
    pages: dict[str, dict[str, list[str]]] = {}
    for step in way.steps:
        for name in step.form.base_fields:
            if value := answers.get(name):
                texts = [str(one) for one in value] if isinstance(value, list) else [str(value)]
                pages.setdefault(step.slug, {})[name] = texts
    return pages


def where_to_go_on(way: Way, typed: Typed, stopped_at: str, *, today: date, areas: Areas) -> Step | None:
    """The page on which somebody stopped in the middle, else the first that is not finished; None when all are."""
    _, first = read_all(way, typed, today=today, areas=areas)
    wanted = way.wanted(typed)
    stopped = next((step for step in wanted if step.slug == stopped_at), None)
    if stopped and (first is None or wanted.index(stopped) <= wanted.index(first)):
        return stopped
    return first


def _as_posted(kept: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, list(values))
    return data


def read_all(way: Way, typed: Typed, *, today: date, areas: Areas) -> tuple[dict[str, Any], Step | None]:
    """Every answer that is right, by name; and the first page on which something is missing or wrong."""
    answers: dict[str, Any] = {}
    first: Step | None = None
    for step in way.wanted(typed):
        form = form_of(step, typed, today=today, areas=areas)
        if not form.is_bound or not form.is_valid():
            first = first or step
        else:
            answers |= {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
    return answers, first
