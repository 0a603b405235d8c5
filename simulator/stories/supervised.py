"""What a manager keeps in the demonstration: supervision of each keyworker, and the standard wordings of actions."""

from typing import Any

from alongside.features.actions.wordings import add_wording
from alongside.features.keyworking.contacts.supervision import record_supervision
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from simulator.replay import acting_as
from simulator.stories.telling import Teller


def supervise(t: Teller, made: dict[str, int]) -> None:
    """Asha twice, and soon again; Ben once, and his next one is late."""
    _held(
        t, "asha", 49, 21,
        agreed="Two new people this month is the most. Kai: ask the carer early how it goes. Noah: ward each week.",
        wellbeing="Sleeps well. The evenings on the phone are long; it goes off at seven from now on.",
        people=[made["kai"], made["noah"]],
    )  # fmt: skip
    _held(
        t, "asha", 21, -7,
        agreed="Kai comes first. Ruby: the council finds the school, not the keyworker. Sol can be let "
        "go on with one contact a month.",
        wellbeing="Tired after the notice on Kai's placement. Takes Friday off; Ben covers.",
        people=[made["kai"], made["ruby"], made["sol"]],
    )  # fmt: skip
    _held(
        t, "ben", 38, 6,
        agreed="He goes with Asha to two visits, then alone. Amara's papers of the other area are read together.",
        wellbeing="",
        people=[made["amara"]],
    )  # fmt: skip


#: Invented, like everything here: what it is about, the wording, how we will know.
WORDINGS = (
    (Topic.COMMUNICATION, "Write a one-page profile of how to talk with them, with them", "Each of them has the page"),
    (
        Topic.EDUCATION,
        "Keep a quiet room for them at school, and tell every teacher",
        "They say that they have used it",
    ),
    (Topic.EDUCATION, "Ask for an early review of the EHC plan", "The council has given a day"),
    (Topic.HEALTH, "Book the yearly health check, with longer time", "The check has been done, and the letter is here"),
    (Topic.HEALTH, "Look at the medicine again (STOMP-STAMP)", "The letter says what was changed, or why not"),
    (Topic.SOCIAL_CARE, "Assess for short breaks", "The family has the answer in writing"),
)


def keep_wordings(t: Teller) -> None:
    """Tom keeps them, so that whoever agrees an action need not begin with an empty box."""
    at = t.at(60, 11)
    with acting_as(t.members["tom"].id, at) as me, recording(by=me, at=at) as note:
        for topic, what, how_known in WORDINGS:
            add_wording(note, icb_id=t.icbs["DEMO"][0], topic=topic, what=what, how_known=how_known)


def _held(t: Teller, worker: str, days_ago: int, next_days_ago: int, *, wellbeing: str, **said: Any) -> None:
    at = t.at(days_ago, 15)
    with acting_as(t.members["tom"].id, at) as me, recording(by=me, at=at) as note:
        record_supervision(
            note,
            icb=Organisation.objects.get(pk=t.icbs["DEMO"][0]),
            worker=Actor.objects.get(pk=t.members[worker].id),
            held_on=t.day(days_ago),
            wellbeing_asked=bool(wellbeing),
            wellbeing=wellbeing,
            next_on=t.day(next_days_ago),
            **said,
        )
