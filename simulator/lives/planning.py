"""Reviews that are being organised now: asked for, waiting for a day, or with a day, a panel and an agreement.

Only what stands now: reviews that were held are part of the life itself.
"""

from datetime import datetime, timedelta

from alongside.features.people.models.person import RetentionClass
from alongside.features.reviews.models import PanelMember, PlannedReview, PlannedStep, Review
from alongside.foundation.nhsuk.filters import moment as moment_in_words
from alongside.foundation.topics import Topic
from simulator import invented
from simulator.history import Moment, Record
from simulator.lives.living import CALENDAR, Living, local

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Of a hundred, for how many a review is being organised: in hospital, and at home by colour.
ORGANISED = {"blue": 60, "red": 30, "amber": 3, "green": 0.5}
#: How far it has come, in shares of a hundred. 'past': its day is over and nobody wrote what became of it.
STANDS = (("requested", 20), ("accepted", 15), ("dated", 60), ("past", 5))
#: Of those with a day, how many are agreed to, have the whole panel, and sent the invitations.
READY = 0.75
ASKED = (
    ("keyworker", "Their keyworker", "Things have become harder at home, and nobody looks at all of it together."),
    ("family", "Their family", "The family is afraid of another admission."),
    ("community_team", "The community team", "What is in place does not hold any more."),
)
POLICY = "Policy asks for a review while somebody is in hospital."
SEATS = (
    (PanelMember.Part.CLINICAL, "Speech and language therapist"),
    (PanelMember.Part.EXPERIENCE, "Expert by experience"),
)
_S, _K = PlannedReview.State, PlannedStep.Kind


def plan_a_review(living: Living) -> None:
    """After everything else, so that it changes nothing of the life itself."""
    random = living.random
    if not living.agreed or not living.entries or living.entry.removed_on is not None or living.died_on:
        return
    stay = next((one.id for one in living.stays if one.discharged_at is None), 0)
    rated = [one.colour for one in living.entry.ratings if one.state == "decided"]
    colour = "blue" if stay else (rated[-1] if rated else "")
    if random.random() * 100 > ORGANISED.get(colour, 0):
        return
    stands = random.choices([name for name, _ in STANDS], [share for _, share in STANDS])[0]
    ago = random.randrange(24 * 8, 24 * 12) if stands == "past" else random.randrange(3, 24 * 8)
    at = max(living.now - ago * HOUR, living.last + HOUR / 2)
    if at >= living.now - (6 * DAY if stands == "past" else 0 * DAY):
        return
    living.life.moments.append(Moment(at, living.coordinator(), list(_written(living, at, stay, stands))))
    living.life.moments.sort(key=lambda moment: moment.at)


def _written(living: Living, at: datetime, stay: int, stands: str) -> list[Record]:
    """What is written down in one sitting."""
    state = _S.DATED if stands == "past" else _S(stands)
    starts = _day(living, past=stands == "past") if state == _S.DATED else None
    ready = starts is not None and (stands == "past" or living.random.random() < READY)
    planned, steps = _asked(living, at, stay)
    planned.values |= {"state": state.value, "state_at": at}
    if starts:
        because = f"On {moment_in_words(starts)}"
        planned.values |= {"starts_at": starts, "because": because, "place": "The quiet room of the town hall"}
        steps.append((_K.DATED, because))
    if ready:
        planned.values |= {"invited_at": at}
        steps.append((_K.INVITED, ""))
    if stands == "past":
        planned.values |= {"papers_at": at}
        steps.append((_K.PAPERS_SENT, ""))
    planned.values["version"] = len(steps)
    kind = Review.Kind(planned.values["kind"]).label
    return [
        planned,
        *(_step(living, kind, step, because) for step, because in steps),
        *(_panel(living) if ready else ()),
        *([_agreement(living, kind, at)] if ready else ()),
    ]


def _asked(living: Living, at: datetime, stay: int) -> tuple[Record, list[tuple[PlannedStep.Kind, str]]]:
    """The review as it was asked for, and its first step."""
    if stay:
        held = [one for one in living.reviews if one.stay_id == stay and one.kind in ("post_admission", "inpatient")]
        kind, by, name, why = "inpatient" if held else "post_admission", "policy", "", POLICY
    else:
        kind, (by, name, why) = "community", living.random.choice(ASKED)
    label = Review.Kind(kind).label
    who = name or PlannedReview.AskedBy(by).label
    planned = living.record(
        "plannedreview",
        Topic.REVIEW,
        f"{label} asked for by {who}: {why}",
        None,
        stay,
        kind=kind,
        why=why,
        asked_by=by,
        asked_name=name,
        asked_on=local(at),
    )
    planned.code = "review.asked_for"
    return planned, [(_K.ASKED, why)]


def _day(living: Living, *, past: bool) -> datetime:
    """A working day in the coming weeks, in the morning; or one of the last days."""
    ahead = -living.random.randrange(1, 5) if past else living.random.randrange(2, 32)
    day = (living.now + ahead * DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    while not CALENDAR.is_working_day(local(day)):
        day += -DAY if past else DAY
    return day


def _step(living: Living, name: str, kind: PlannedStep.Kind, because: str) -> Record:
    told = f". {because}" if because else "."
    step = living.record(
        "plannedstep", Topic.REVIEW, f"{name}: {kind.label.lower()}{told}", kind=kind.value, because=because
    )
    step.code, step.of = f"planned_review.{kind}", ("planned_id", "plannedreview", 1)
    return step


def _panel(living: Living) -> list[Record]:
    chair = living.random.choice(living.area.staff["commissioner"]).name
    invited = [
        (part, f"{living.random.choice(invented.STAFF_GIVEN)} {living.random.choice(invented.FAMILY)}", post, True)
        for part, post in SEATS
    ]
    return [_seat(living, *one) for one in [(PanelMember.Part.CHAIR, chair, "Commissioner", False), *invited]]


def _seat(living: Living, part: PanelMember.Part, name: str, post: str, independent: bool) -> Record:
    seat = living.record(
        "panelmember",
        Topic.REVIEW,
        f"{name} was asked onto the panel: {part.label.lower()}.",
        part=part.value,
        name=name,
        post=post,
        independent=independent,
    )
    seat.code, seat.of = "panel.seated", ("planned_id", "plannedreview", 1)
    return seat


def _agreement(living: Living, name: str, at: datetime) -> Record:
    """To this one review, by whoever decides at that age."""
    given = living.yes_on(local(at))
    said = living.record(
        "consent",
        Topic.AGREEMENT,
        f"{name}: agreed.",
        purpose="review",
        answer=given.answer,
        basis=given.basis,
        decided_on=given.decided_on,
        evidence="Said on a visit",
        evidenced=True,
        recipient_kind="review",
        retention_class=RetentionClass.AGREEMENT.value,
    )
    said.of = ("recipient_id", "plannedreview", 1)
    return said
