"""What follows from an admission (policy reference 7.2): each thing with its state, who is to do it, and where."""

from dataclasses import dataclass
from datetime import datetime

from alongside.features.hospital.models import Stay, StayNotice
from alongside.foundation.nhsuk.filters import day, moment, plural
from alongside.overview.duties import STAY_PAGES, owner_name
from alongside.overview.in_hospital.reading import Around
from alongside.overview.models import Duty

#: States, with the colour of their tag.
STATES = {
    "done": ("Done", "green"),
    "late": ("Late", "red"),
    "due": ("To do", "yellow"),
    "not_needed": ("Not needed", "grey"),
    "unknown": ("Not known", "grey"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that follows. `says`: sentences. `href`: the page that does it, with the words of the link."""

    title: str
    state: str
    says: tuple[str, ...] = ()
    href: str = ""
    link: str = ""

    @property
    def tag(self) -> tuple[str, str]:
        return STATES[self.state]


def list_following(around: Around, colour: str, now: datetime) -> list[Item]:
    """Everything that follows from this admission, in the order of the policy reference."""
    stay = around.whole.stay
    if stay.kind != Stay.Kind.HOSPITAL:
        return [*_notices(around, now), _told(around)]
    return [
        _rating(stay, colour),
        _keyworker(around, now),
        _of_duty(around, "Review after the admission", ("post_admission_review", "inpatient_review"), now)
        or _reviewed(around),
        _of_duty(
            around,
            "Why there was no community review",
            ("root_cause",),
            now,
            href=f"/hospital/stays/{stay.pk}/root-cause",
            link="Open the analysis",
        )
        or Item("Why there was no community review", "not_needed", ("Nothing is due: look at the admission.",)),
        _visits(around, now),
        *_notices(around, now),
        _told(around),
        _planning(around, now),
    ]


def _rating(stay: Stay, colour: str) -> Item:
    if stay.discharged_at:
        return Item("Blue while in hospital", "done", (f"They left on {day(stay.discharged_at)}.",))
    if not colour:
        return Item("Blue while in hospital", "unknown", ("They are on no register, or you may not see it.",))
    state = "done" if colour == "blue" else "due"
    return Item("Blue while in hospital", state, (f"The rating is {colour}.",))


def _keyworker(around: Around, now: datetime) -> Item:
    """Measured from the recording to when the keyworker knew."""
    title, stay = "The keyworker knows", around.whole.stay
    href, link = f"/hospital/stays/{stay.pk}/known", "Write down that they know"
    if around.keyworker is None:
        return Item(title, "due", ("They have no named keyworker.",))
    name = around.keyworker.worker.name
    found = next((one for one in around.whole.known if one.keyworker_id == around.keyworker.worker_id), None)
    if found is not None:
        how = f" {found.how.rstrip('.')}." if found.how else ""
        took = how_long(stay.recorded_at, found.recorded_at)
        return Item(title, "done", (f"{name} knew {took} after it was recorded.{how}",))
    if around.keyworker.worker_id == stay.recorded_by_id:
        return Item(title, "done", (f"{name} recorded it.",))
    duty = around.due("admission_known")
    says = (f"{name} has not said so yet.", *((_due(duty),) if duty else ()))
    return Item(title, "late" if duty and now > duty.due else "due", says, href, link)


def how_long(since: datetime, until: datetime) -> str:
    """'40 minutes', '3 hours', '2 days': in the largest unit of which there is one."""
    minutes = max(int((until - since).total_seconds() // 60), 0)
    if minutes < 120:
        return plural(minutes, "minute")
    return plural(minutes // 60, "hour") if minutes < 48 * 60 else plural(minutes // (24 * 60), "day")


def _of_duty(
    around: Around, title: str, starts: tuple[str, ...], now: datetime, href: str = "", link: str = ""
) -> Item | None:
    for start in starts:
        if duty := around.due(start):
            return Item(title, "late" if now > duty.due else "due", (duty.because, _due(duty)), href, link)
    for start in starts:
        if answer := around.answered(start):
            by = f"{answer.recorded_by.name} said so on {day(answer.recorded_at)}."
            return Item(title, "done" if answer.answer == "done" else "not_needed", (answer.because or by, by))
    return None


def _reviewed(around: Around) -> Item:
    last = around.last_cetr
    if last is None:
        return Item("Review after the admission", "unknown", ("Nothing is due and none is written down.",))
    return Item("Review after the admission", "done", (f"{last.get_kind_display()} on {day(last.held_at)}.",))


def _visits(around: Around, now: datetime) -> Item:
    """The next visit, and what the last one was like."""
    stay = around.whole.stay
    says = []
    if around.whole.visits:
        last = around.whole.visits[0]
        alone = "seen alone" if last.seen_alone else f"not seen alone: {last.not_alone_because.rstrip('.')}"
        says.append(f"Last on {day(last.happened_at)} by {last.by_whom}, {alone}.")
    href, link = f"/hospital/stays/{stay.pk}/visit", "Record a visit"
    if duty := around.due("oversight_visit"):
        state = "late" if now > duty.due else "done" if says else "due"
        return Item("Visits by the commissioner", state, (*says, _due(duty, "The next one is due")), href, link)
    return Item("Visits by the commissioner", "done" if says else "unknown", tuple(says), href, link)


NOTICES = (
    ("s85", "The council told of a long stay", "s85_notice"),
    ("s85_end", "The council told that it ended", "s85_end_notice"),
    ("inadequate", "Told of a unit rated inadequate", "inadequate_unit_notice"),
    ("adult_ward", "Told of an adult ward", "adult_ward_notice"),
)


def _notices(around: Around, now: datetime) -> list[Item]:
    """Each notice that is due, was given, or was said not to be needed."""
    return [item for kind, title, start in NOTICES if (item := _notice(around, kind, title, start, now))]


def _notice(around: Around, kind: str, title: str, start: str, now: datetime) -> Item | None:
    stay = around.whole.stay
    given = [notice for notice in around.whole.notices if notice.kind == kind]
    says = tuple(notice_words(one) for one in given)
    href, link = STAY_PAGES["record_stay_notice"].format(stay=stay.pk, kind=kind), "Write down who was told"
    duty = around.due(start)
    if duty is not None:
        state = "late" if now > duty.due else "due"
        return Item(title, state, (*says, duty.because, _due(duty)), href, link)
    if given:
        return Item(title, "done", says)
    answer = around.answered(start)
    if answer is not None:
        by = f"{answer.recorded_by.name} said so on {day(answer.recorded_at)}."
        return Item(title, "done" if answer.answer == "done" else "not_needed", (answer.because or by, by))
    return None


def notice_words(notice: StayNotice) -> str:
    said = f"{notice.get_body_display()}: {notice.told_whom}, on {moment(notice.happened_at)} by {notice.told_by}"
    said += f" ({notice.get_how_display().lower()})."
    reply = f"They replied on {day(notice.replied_on)}: {notice.reply}" if notice.reply else "No reply yet."
    return f"{said} {reply}"


def _told(around: Around) -> Item:
    """Who else heard of the admission. No rule says when, so it is never late."""
    stay = around.whole.stay
    given = [notice for notice in around.whole.notices if notice.kind == StayNotice.Kind.ADMISSION]
    href = STAY_PAGES["record_stay_notice"].format(stay=stay.pk, kind="admission")
    says = tuple(notice_words(one) for one in given) or ("Nobody is written down.",)
    title = "The council and its special educational needs team told of the admission"
    return Item(title, "done" if given else "unknown", says, href, "Write down who was told")


def _planning(around: Around, now: datetime) -> Item:
    href, link = f"/hospital/stays/{around.whole.stay.pk}/discharge-plan", "Open the discharge plan"
    item = _of_duty(around, "Discharge planned from the first day", ("discharge_planning",), now, href, link)
    if item is not None:
        return item
    planned = around.standing is not None and around.standing.planned
    return Item("Discharge planned from the first day", "done" if planned else "unknown", (), href, link)


def _due(duty: Duty, lead: str = "Due") -> str:
    due = moment(duty.due) if duty.timed else day(duty.due)
    return f"{lead} {'by' if duty.timed else 'on'} {due}. Owner: {owner_name(duty) or 'nobody yet'}."
