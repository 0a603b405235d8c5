"""Keyworking that becomes less, and keyworking that has ended: who stays, and one question afterwards."""

from alongside.features.keyworking.stepping_down.exit_answers import record_exit_answer
from alongside.features.keyworking.stepping_down.operations import (
    end_keyworking,
    mark_criteria,
    plan_step_down,
)
from alongside.features.people.models import Person
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import remove
from alongside.foundation.recording.recording import recording
from alongside.policy.stepping_down import Step
from simulator import history as h
from simulator.replay import acting_as
from simulator.stories.telling import Teller, diagnosis

BEGAN, ENDED = 40, 95
BOTH_ENDED, OFF_THE_REGISTER = 170, 90


def sol(t: Teller) -> h.Life:
    """Green since spring: contact becomes less, and nobody is named yet who stays."""
    return t.life(
        t.when(
            260,
            "priya",
            t.person("Sol", "Winter", t.born(16, 90), pronouns="he/him"),
            t.yes(260, "parental"),
            t.enter(260, "Out of school after a move; A&E twice."),
            diagnosis("autism"),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled yet."), hour=11) for days in (260, 246)),
        t.when(255, "tom", t.allocate("asha", 255)),
        *t.in_touch("asha", 255),
        *(t.when(days, "priya", h.Rate(1, "green", "Settled at college."), hour=13) for days in (150, 61)),
    )


def mina(t: Teller) -> h.Life:
    """Her goals were met; keyworking ended, and she is still on the register."""
    return t.life(
        t.when(
            400,
            "priya",
            t.person("Mina", "Frost", t.born(13, 200), pronouns="she/her"),
            t.yes(400),
            t.enter(400, "Came home from a residential school without any support."),
            diagnosis("learning_disability"),
        ),
        t.when(400, "priya", h.Rate(1, "amber", "Nothing in place yet."), hour=11),
        t.when(396, "tom", t.allocate("ben", 396)),
        *t.in_touch("ben", 396)[:2],
        *(t.when(days, "priya", h.Rate(1, "green", "Doing well."), hour=13) for days in (300, 211, 122, 33)),
    )


def tess(t: Teller) -> h.Life:
    """Both have ended, one after the other: keyworking first, her place on the register three months later."""
    return t.life(
        t.when(
            600,
            "priya",
            t.person("Tess", "Holm", t.born(15, 150), pronouns="she/her"),
            t.yes(600),
            t.enter(600, "Ran away from school each week."),
            diagnosis("autism"),
        ),
        t.when(600, "priya", h.Rate(1, "amber", "Nobody knows yet what she runs from."), hour=11),
        t.when(595, "tom", t.allocate("asha", 595)),
        *t.in_touch("asha", 595)[:2],
        *(t.when(days, "priya", h.Rate(1, "green", "At school each day."), hour=13) for days in (400, 311, 222, 133)),
    )


def tell_endings(t: Teller, made: dict[str, int]) -> None:
    """What was planned, said and ended, by those whose work it is."""
    _becomes_less(t, made["sol"])
    _has_ended(t, made["mina"])
    _both_ended(t, made["tess"])


def _becomes_less(t: Teller, person_id: int) -> None:
    at = t.at(BEGAN)
    with acting_as(t.members["asha"].id, at) as me, recording(by=me, at=at) as note:
        person = Person.objects.get(pk=person_id)
        plan_step_down(
            note,
            person=person,
            starts_on=t.day(BEGAN),
            ends_on=t.day(-35),
            steps=[Step(t.day(BEGAN), 14), Step(t.day(-7), 28)],
            family_says="Sol: “Fine by me. I have college.” His mum would like to know whom to ring.",
        )
        marks = [
            ("green", True, "Green at the last two reviews"),
            ("goals", True, "He goes to college each day and wants to"),
            ("lead", False, "The college has not said yet who it is"),
        ]
        mark_criteria(note, person=person, marks=marks)


def _has_ended(t: Teller, person_id: int) -> None:
    for day, voice, name, scores in ((ENDED + 2, "young_person", "", (9, 8)), (ENDED + 1, "family", "Leyla", (8, 6))):
        with acting_as(t.members["ben"].id, t.at(day)) as me, recording(by=me, at=t.at(day)) as note:
            person = Person.objects.get(pk=person_id)
            record_exit_answer(
                note, person=person, voice=voice, name=name, experience=scores[0], hope=scores[1], said=""
            )
    with acting_as(t.members["tom"].id, t.at(ENDED)) as me, recording(by=me, at=t.at(ENDED)) as note:
        end_keyworking(
            note,
            by=me,
            person=Person.objects.get(pk=person_id),
            on=t.day(ENDED),
            reason="goals_met",
            told="talked",
            told_words="Mina and her mother Leyla, at their kitchen table",
            peer="matched",
            ask_reach="leyla.frost@example.com",
            ask={"answer": "given", "basis": "parental", "decided_by": "Leyla Frost"},
            lead_name="Rosa Hill",
            lead_post="Head of year",
            lead_organisation="Netherby High School",
            lead_reach="01632 960140",
            who_stays="Dr Okoro at Harrowdene Surgery\nThe youth club on Thursdays",
            warning_signs="She stops eating lunch\nShe asks to be driven instead of walking",
            come_back="Tell Rosa, or ring us yourself.",
            peer_name="Jade, from the youth club",
        )


def _both_ended(t: Teller, person_id: int) -> None:
    at = t.at(BOTH_ENDED)
    with acting_as(t.members["tom"].id, at) as me, recording(by=me, at=at) as note:
        end_keyworking(
            note,
            by=me,
            person=Person.objects.get(pk=person_id),
            on=t.day(BOTH_ENDED),
            reason="stepped_down",
            told="letter",
            told_words="The letter to Tess and to her father, as they asked",
            peer="said_no",
            ask={"answer": "refused", "basis": "not_stated", "decided_by": "Tess Holm"},
            lead_name="Ed Holloway",
            lead_post="SENCO",
            lead_organisation="Netherby High School",
            lead_reach="01632 960140",
            warning_signs="She leaves by the back door at lunch",
            come_back="Tell Mr Holloway. He knows the way back.",
        )
    at = t.at(OFF_THE_REGISTER)
    with acting_as(t.members["priya"].id, at) as me, recording(by=me, at=at) as note:
        entry = RegisterEntry.objects.get(person=person_id)
        remove(note, entry=entry, on=t.day(OFF_THE_REGISTER), because="risk_low", by=me)
