"""Starting the question of a term. Called inside `recording()`."""

from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.schools.access import check_may_run
from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk, SchoolRound
from alongside.features.referrals.schools.reading import ASK, TERM
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day, start_of_day
from alongside.policy.duties.schools import answer_by, term_after, term_on


def start_round(note: Notes, *, icb: Organisation, by: Me) -> SchoolRound:
    """Asks every school on the list about the term that runs. E-mails go out from the worker, soon after.

    What is left unanswered of the term before is closed: the school is asked anew. Raises Refused; NotNow where the
    term was asked about already, or there is no school to ask.
    """
    check_may_run(by, icb.pk)
    ruleset, calendar = rules_of(icb.code)
    today = local_day(note.at)
    term = term_on(today, ruleset)
    if SchoolRound.objects.filter(icb=icb, asked_from=term.asked_from).exists():
        raise NotNow("asked", f"The schools were asked about the {term.label} already.")
    schools = list(AreaSchool.objects.filter(icb=icb, ended_at=None))
    if not schools:
        raise NotNow("no_schools", "There is no school on the list yet. Put the schools on it first.")
    started = SchoolRound.objects.create(
        icb=icb,
        term=term.label,
        asked_from=term.asked_from,
        answer_by=answer_by(today, ruleset, calendar).value,
        until=start_of_day(term_after(term.asked_from, ruleset).asked_from),
        started_at=note.at,
        started_by_id=by.id,
    )
    note(
        "schools.asked",
        words=f"{len(schools):,} schools were asked about the {term.label}.",
        icb_id=icb.pk,
        subject="school_round",
        subject_id=started.pk,
    )
    _close_what_was_before(note, started)
    for ask in SchoolAsk.objects.bulk_create(_ask(started, school) for school in schools):
        note.matter(ASK, ask.pk)
    note.matter(TERM, icb.pk)
    return started


def _ask(started: SchoolRound, school: AreaSchool) -> SchoolAsk:
    return SchoolAsk(
        round=started,
        icb_id=started.icb_id,
        organisation_id=school.organisation_id,
        contact_name=school.contact_name,
        email=school.email,
        phone=school.phone,
        asked_at=started.started_at,
        until=started.until,
    )


def _close_what_was_before(note: Notes, started: SchoolRound) -> None:
    silent = SchoolAsk.objects.filter(icb_id=started.icb_id, answered_at=None, closed_at=None)
    for number in silent.values_list("pk", flat=True):
        note.matter(ASK, number)
    silent.update(closed_at=note.at, closed_because=f"Asked anew in the {started.term}")
