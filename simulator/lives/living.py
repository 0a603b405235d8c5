"""One life being lived: the moments so far, and the same facts as the rules read them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from alongside.features.register.moves import PROPOSES
from alongside.features.register.operations import is_used_up
from alongside.foundation.clock import LONDON
from alongside.foundation.topics import Topic
from alongside.policy.counting import Calendar, birthday, default_calendar
from alongside.policy.duties.reckoning import last_day
from alongside.policy.facts import (
    AllocationFacts,
    AnswerFacts,
    CircumstanceFacts,
    ConsentFacts,
    EntryFacts,
    LegalStatusFacts,
    PersonFacts,
    RatingFacts,
    ReviewFacts,
    StayFacts,
)
from alongside.policy.ratings import covers
from alongside.policy.rules import Ruleset
from simulator.history import (
    Accept,
    Admit,
    Agree,
    Allocate,
    EndAllocation,
    Enter,
    Leave,
    Life,
    Member,
    Moment,
    PlanReview,
    Rate,
    Record,
    Remove,
    Step,
)
from simulator.world import Area

RULES = Ruleset.build()
CALENDAR: Calendar = default_calendar()
MINUTE = timedelta(minutes=1)
FOLLOWING = {"mental_health_hospital"}


@dataclass(slots=True)
class OnList:
    """An entry as it stands while the life goes on."""

    number: int
    area: Area
    listing: str
    entered_on: date
    removed_on: date | None = None
    because: str = ""
    planned: date | None = None
    ratings: list[RatingFacts] = field(default_factory=list)

    def use_up_plan(self, rated_at: datetime) -> None:
        """A rating on a planned day or later uses the plan up."""
        if is_used_up(self.planned, rated_at):
            self.planned = None


class Over(Exception):
    """The present is reached: nothing later has happened."""


class Living:
    """Collects moments in order. Every moment is at or before `now`; a later one raises Over."""

    def __init__(self, random: Random, areas: list[Area], area: Area, now: datetime, life: Life) -> None:
        self.random, self.areas, self.area, self.now, self.life = random, areas, area, now, life
        self.agreed = False
        self.birth_date: date | None = None
        self.died_on: date | None = None
        self.entries: list[OnList] = []
        self.stays: list[StayFacts] = []
        self.reviews: list[ReviewFacts] = []
        self.circumstances: list[CircumstanceFacts] = []
        self.consents: list[ConsentFacts] = []
        self.allocations: list[AllocationFacts] = []
        self.answers: list[AnswerFacts] = []
        self.diagnoses: set[str] = set()
        self.ratings = 0
        self.made_at: dict[tuple[str, int], datetime] = {}
        self.areas_from: list[tuple[datetime, Area]] = []
        self.last = datetime.min.replace(tzinfo=UTC)

    # Who and when

    def coordinator(self) -> Member:
        return self.random.choice(self.area.staff["coordinator"])

    def decider(self) -> Member:
        """Who decides: mostly the register team; it alone while agreement is open."""
        kind = "manager" if self.agreed and self.random.random() < 0.2 else "coordinator"
        return self.random.choice(self.area.staff[kind])

    def keyworker(self) -> Member | None:
        """The designated keyworker now; None for nobody."""
        for held in self.allocations:
            if held.to_date is None:
                return next((m for m in self.area.keyworkers if m.id == held.actor_id), None)
        return None

    def office_hours(self, day: date) -> datetime:
        """Some minute of that working day."""
        minute = self.random.randrange(8 * 60 + 30, 17 * 60)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)

    def due_day(self, key: str, begins: date) -> date:
        """The last day that a rule of the policy gives from a day on."""
        found = RULES.governing(key, begins, lambda rule: last_day(rule, begins, CALENDAR))
        assert found is not None
        return found[1]

    def yes_on(self, day: date) -> Agree:
        """A yes to the register by whoever decides at that age."""
        old_enough = self.birth_date is not None and birthday(self.birth_date, 16) <= day
        return Agree("given", "sixteen" if old_enough else "parental", day, True)

    def lateness(self) -> int:
        """Days after (or, less than nothing, before) a thing is due that people do it."""
        draw = self.random.random()
        if draw < 0.80:
            return -self.random.randrange(3)
        return self.random.randrange(1, 4) if draw < 0.96 else self.random.randrange(4, 21)

    # Doing

    def act(self, at: datetime, by: Member, *steps: Step) -> datetime:
        """Somebody does this at that moment, or a minute after what came before it."""
        if at <= self.last:
            at = self.last + MINUTE
        if at > self.now:
            raise Over
        self.last = at
        self.life.moments.append(Moment(at, by, list(steps)))
        for step in steps:
            self.learn(step, at)
        self._follow(steps, at)
        return at

    def learn(self, step: Step, at: datetime) -> None:
        match step:
            case Agree():
                self.consents.append(
                    ConsentFacts(len(self.consents) + 1, step.purpose, step.answer, step.decided_on, step.evidenced)
                )
                self.agreed = step.answer == "given"
                self.made_at["consent", len(self.consents)] = at
            case Enter():
                self.entries.append(OnList(len(self.entries) + 1, self.area, step.listing, step.entered_on))
                self.made_at["entry", len(self.entries)] = at
            case Rate():
                self._rated(step, at)
            case PlanReview():
                self.entries[step.entry - 1].planned = step.on
            case Remove():
                entry = self.entries[step.entry - 1]
                entry.removed_on, entry.because = step.on, step.because
            case Admit():
                self._admitted(step, at)
            case Leave():
                stay = self.stays[step.stay - 1]
                legal = tuple(replace(status, to_at=step.discharged_at) for status in stay.legal)
                self.stays[step.stay - 1] = replace(stay, discharged_at=step.discharged_at, legal=legal)
            case Allocate():
                self.allocations.append(
                    AllocationFacts(len(self.allocations) + 1, step.worker.id, "designated", step.from_date)
                )
            case EndAllocation():
                held = self.allocations[step.number - 1]
                self.allocations[step.number - 1] = replace(held, to_date=step.on)
            case Record():
                self._recorded(step, at)
            case Accept():
                self._moved(at)

    def _rated(self, step: Rate, at: datetime) -> None:
        self.ratings += 1
        entry = self.entries[step.entry - 1]
        if step.proposal:
            self._settle(entry, step.proposal)
        entry.ratings.append(RatingFacts(self.ratings, step.colour, at))
        entry.use_up_plan(at)

    def declined(self, entry: OnList, proposal: int) -> None:
        """The decision not to take a proposal up is a row of its own."""
        self.ratings += 1
        self._settle(entry, proposal)

    @staticmethod
    def _settle(entry: OnList, proposal: int) -> None:
        entry.ratings = [replace(r, state="superseded") if r.id == proposal else r for r in entry.ratings]

    def _admitted(self, step: Admit, at: datetime) -> None:
        legal = (LegalStatusFacts(LEGAL[step.legal_status], step.admitted_at),) if step.legal_status else ()
        number = len(self.stays) + 1
        told = {k: v for k, v in step.values.items() if k in ("adult_ward", "intended_days", "registered_before")}
        self.stays.append(
            StayFacts(number, step.kind, step.admitted_at, security=step.values.get("security"), legal=legal, **told)
        )
        self.made_at["stay", number] = at

    def _recorded(self, step: Record, at: datetime) -> None:
        values = step.values
        if step.kind == "review":
            number = len(self.reviews) + 1
            self.reviews.append(ReviewFacts(number, values["kind"], values["held_at"], step.stay or None))
            self.made_at["review", number] = at
        elif step.kind == "circumstance":
            number = len(self.circumstances) + 1
            self.circumstances.append(CircumstanceFacts(number, values["kind"], values["from_date"]))
            self.made_at["circumstance", number] = at
        elif step.kind == "diagnosis":
            self.diagnoses.add("on_pathway" if values["basis"] == "pathway" else values["kind"])
        elif step.kind == "dutyanswer":
            number = len(self.answers) + 1
            self.answers.append(
                AnswerFacts(number, values["duty_key"], values["answer"], values["on_date"], values["because"])
            )

    def _follow(self, steps: tuple[Step, ...], at: datetime) -> None:
        """What the product itself does about an admission, a discharge and news, so that numbers stay in step."""
        for step in steps:
            if isinstance(step, Admit) and step.kind in FOLLOWING:
                self._rated_at_once("blue", step.admitted_at, "admission")
            elif isinstance(step, Leave) and self.stays[step.stay - 1].kind in FOLLOWING:
                self._rated_at_once("red", step.discharged_at, "discharge")
            elif isinstance(step, Record) and step.kind == "lifeevent" and step.values["kind"] in PROPOSES:
                self._proposed(*PROPOSES[step.values["kind"]][:2], at)

    def _rated_at_once(self, colour: str, at: datetime, origin: str) -> None:
        for entry in self.entries:
            if entry.removed_on is None:
                self.ratings += 1
                entry.ratings.append(RatingFacts(self.ratings, colour, at, origin=origin))
                entry.use_up_plan(at)

    def _proposed(self, colour: str, origin: str, at: datetime) -> None:
        for entry in self.entries:
            pending = next((r.colour for r in reversed(entry.ratings) if r.state == "proposed"), "")
            decided = [r.colour for r in entry.ratings if r.state == "decided"]
            free = entry.removed_on is None and not covers(pending, colour)
            if free and (not decided or decided[-1] in LOWER[colour]):
                self.ratings += 1
                entry.ratings.append(RatingFacts(self.ratings, str(colour), at, "proposed", str(origin)))

    def _moved(self, at: datetime) -> None:
        """Keyworkers of the old area end; the open entry closes and goes on in the new area with its colour."""
        day = local(at)
        self.areas_from.append((at, self.area))
        self.allocations = [replace(a, to_date=a.to_date or day) for a in self.allocations]
        for old in [entry for entry in self.entries if entry.removed_on is None]:
            old.removed_on, old.because = max(day, old.entered_on), "moved_area"
            new = OnList(len(self.entries) + 1, self.area, old.listing, day)
            self.entries.append(new)
            self.made_at["entry", new.number] = at
            last = next((r for r in reversed(old.ratings) if r.state == "decided"), None)
            if last:
                self.ratings += 1
                new.ratings.append(RatingFacts(self.ratings, last.colour, last.rated_at, origin="import"))

    # Reading

    def area_at(self, at: datetime) -> Area:
        """The ICB that held them at that moment."""
        return next(area for since, area in reversed(self.areas_from) if since <= at)

    @property
    def consented(self) -> datetime:
        """When the last answer about agreement was recorded."""
        return self.made_at["consent", len(self.consents)]

    @property
    def entry(self) -> OnList:
        """The newest entry."""
        return self.entries[-1]

    def facts(self) -> PersonFacts:
        """What the rules are told, with this life's own numbers instead of the database's."""
        return PersonFacts(
            person_id=1,
            icb=self.area.code,
            birth_date=self.birth_date,
            died_on=self.died_on,
            diagnosis=frozenset(self.diagnoses),
            entries=tuple(
                EntryFacts(
                    e.number,
                    e.area.code,
                    e.listing,
                    e.entered_on,
                    e.removed_on,
                    e.because,
                    ratings=tuple(e.ratings),
                    review_planned_on=e.planned,
                )
                for e in self.entries
            ),
            stays=tuple(self.stays),
            reviews=tuple(self.reviews),
            circumstances=tuple(self.circumstances),
            consents=tuple(self.consents),
            allocations=tuple(self.allocations),
            answers=tuple(self.answers),
            teams=self.area.teams,
        )

    def record(
        self, kind: str, topic: Topic, words: str, at: datetime | None = None, stay: int = 0, /, **values: Any
    ) -> Record:
        """A fact of this kind; `at` is when it happened, if that was not when it was recorded."""
        return Record(kind, topic.value, words, values, at, stay)


LOWER = {"red": ("amber", "green"), "amber": ("green",)}
LEGAL = {"01": "informal", "02": "s2", "03": "s3"}


def local(at: datetime) -> date:
    return at.astimezone(LONDON).date()
