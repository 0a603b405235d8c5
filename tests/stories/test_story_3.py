"""Ellis, 17: what a review recommended, who was silent, what was called done and was not, and what was agreed again.

Replayed with the clock standing still; each 'must' within reach is looked at by signing in as whoever it is visible
to. All people are invented.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, take_step
from alongside.features.escalation.addressees import asked_now
from alongside.features.escalation.models import Escalation
from alongside.features.escalation.officers import name_officer
from alongside.features.escalation.operations import Question, raise_escalation
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.features.reviews.holding.operations import begin_review, recommend
from alongside.features.reviews.models import CarriedOver, Review, WriteUp
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.verify import find_differing
from tests.cast import Area, add_registered, involve
from tests.stories.telling import act, at, on, press, staff, words

pytestmark = pytest.mark.django_db


def ellis_on_the_register(area: Area) -> Person:
    moment = datetime(2025, 11, 3, 9, tzinfo=UTC)
    person, _ = add_registered(area, given_name="Ellis", family_name="Ward", birth_date=date(2008, 6, 14), at=moment)
    act(area, "manager", moment, _allocate, person=person, worker=area.actors["keyworker"], from_date=moment.date())
    return person


def _allocate(note: Any, *, by: Any, **given: Any) -> None:
    allocate(note, **given | {"person": Person.objects.get(pk=given["person"].pk)})


def the_hospital() -> Organisation:
    moment = datetime(2025, 12, 1, tzinfo=UTC)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=moment) as note:
        made = Organisation.objects.create(kind="provider", name="Willow Hospital", invented=True)
        note("organisation.added", words="A hospital was added.")
    return made


def reviewed(area: Area, ellis: Person, day: int, month: int) -> Review:
    """An inpatient CETR is held; it is written up by the keyworking manager."""
    known = {"kind": "inpatient", "held_at": at(day, month, 9), "chair": "The commissioner"}
    review: Review = act(area, "manager", at(day, month), _begin, person=ellis, **known)
    return review


def _begin(note: Any, *, by: Any, person: Person, **known: Any) -> Review:
    return begin_review(note, person=Person.objects.get(pk=person.pk), **known)


def recommended(area: Area, review: Review, what: str, owner: NewOwner, due_on: date, **more: Any) -> Action:
    with context.as_engine():
        write_up = WriteUp.objects.get(review=review)
    known = {"write_up": write_up, "what": what, "owner": owner, "due_on": due_on}
    known |= {"topic": Topic.HEALTH, "how_known": "The report is on file"} | more
    action: Action = act(area, "manager", at(14, 1), recommend, **known)
    return action


def officer_named(area: Area) -> Actor:
    """The senior responsible officer for health."""
    begins = {"icb": area.icb, "agency": "health", "level": 3, "deputy": False, "from_date": date(2026, 1, 5)}
    act(area, "manager", at(14, 1), name_officer, actor=area.actors["senior_officer"], **begins)
    return area.actors["senior_officer"]


def escalated(area: Area, ellis: Person, funding: Action, level: int) -> Escalation:
    question = Question(
        topic=funding.topic, what=funding.what, agency="health", reason="money", effect="He stays in hospital.",
        asks="Decide who pays for help at home.", about="action", about_id=funding.number,
    )  # fmt: skip
    made: Escalation = act(
        area,
        "manager",
        at(16, 3),
        raise_escalation,
        person=ellis,
        question=question,
        level=level,
        because="A month late",
    )
    return made


def whose(escalation: Escalation, moment: datetime) -> tuple[int, int | None]:
    with context.as_engine():
        has = asked_now(escalation, moment)
    assert has is not None
    return has.level, has.actor_id


def came_in(area: Area, ellis: Person) -> None:
    """His mother and he have pages of their own."""
    topics = [Topic.IDENTITY, Topic.CONTACT, Topic.MONEY, Topic.HEALTH, Topic.PLACEMENT]
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=at(28, 4)) as note:
        for role, because in (("family", "family"), ("young_person", "own_record")):
            Involvement.objects.create(
                actor=area.actors[role], person_id=ellis.pk, because=because, relies_on="", sees_guarded=1,
                topics=topics, from_at=at(28, 4),
            )  # fmt: skip
            note("family.came", words="Somebody came in by the family door.", person_id=ellis.pk, topic=1)


def a_nurse_of_the_ward(area: Area, ellis: Person) -> None:
    """Works with him on the ward, and is let in on his health."""
    involve(area, ellis, area.actors["partner_health"], topics=[Topic.IDENTITY, Topic.HEALTH], at=at(16, 1))


def the_ward_reads_its_own(area: Area, ellis: Person) -> None:
    """What it may know of, and not a word of the money."""
    ward = staff(area, "partner_health")
    read = words(ward.get(f"/people/{ellis.reference}/actions"))
    assert "Sensory assessment" in read and "home package" not in read


def test_recommendations_have_an_owner_who_answers_or_is_chased_and_done_is_confirmed(northmoor: Area) -> None:
    ellis, ward = ellis_on_the_register(northmoor), the_hospital()
    assert staff(northmoor, "partner_health").get(f"/people/{ellis.reference}/actions").status_code == 404
    a_nurse_of_the_ward(northmoor, ellis)
    commissioner = NewOwner(organisation=northmoor.icb, actor=northmoor.actors["commissioner"])
    dr_ode = NewOwner(organisation=ward, name="Dr Ode", post="Consultant", reach="ode@example.org")
    sro = officer_named(northmoor)
    first = reviewed(northmoor, ellis, 14, 1)
    senses = recommended(northmoor, first, "Sensory assessment", dr_ode, date(2026, 2, 27))
    funding = recommended(northmoor, first, "Decide on the home package", commissioner, date(2026, 2, 14), topic=18)
    here = f"/people/{ellis.reference}/actions"

    # 16 January: owners are told; the one without account by a link that names nobody.
    with context.as_engine():
        told = Delivery.objects.get(notice="act_once")
        assert told.address == "ode@example.org" and told.person_id is None
        assert Message.objects.filter(to_actor=northmoor.actors["commissioner"], kind="action.asked").exists()

    # 28 January, fourteen days on: the keyworker sees who is silent, on My day and on the person's page.
    with on(28, 1):
        asha = staff(northmoor, "keyworker")
        assert "Nobody has answered yet: Sensory assessment" in words(asha.get("/"))
        assert "Nobody has answered yet: Decide on the home package" in words(asha.get(f"/people/{ellis.reference}"))
        assert press(asha, f"{here}/{senses.number}/chased", because="Rang the ward").status_code == 302
        assert "Nobody has answered yet: Sensory" not in words(asha.get("/"))

    # 2 February: the consultant says yes by the link, once.
    with on(2, 2):
        link = str(told.filling["link"])
        assert "You said yes" in words(press(Client(), link, answer="accepted"))
        assert Client().get(link).status_code == 404

    # 10 March: the ward says done, the family says no.
    with on(10, 3):
        with context.as_engine():
            again = str(Delivery.objects.filter(notice="done_once").order_by("-id")[0].filling["link"])
        press(Client(), again, answer="said_done", evidence="Seen by our therapist")
        shown = words(staff(northmoor, "keyworker").get(f"{here}/{senses.number}"))
        assert "Said to be done" in shown and "Seen by our therapist" in shown
        asha = staff(northmoor, "keyworker")
        press(asha, f"{here}/{senses.number}/disputed", because="His mother: nobody came")
        assert "Settle what is disputed: Sensory assessment" in words(asha.get(f"/people/{ellis.reference}"))

    # 16 March: the decision about money is thirty days late, and stands so on the worklist of whoever follows it.
    with on(16, 3):
        commissioning = staff(northmoor, "commissioner")
        late = words(commissioning.get("/actions/all?show=late"))
        assert "Decide on the home package" in late and "Sensory" not in late
        stuck = "Escalate, or write why not: Decide on the home package"
        assert stuck in words(staff(northmoor, "keyworker").get(f"/people/{ellis.reference}"))
        with pytest.raises(NotNow, match="more than 10 working days late, so it begins at level 2"):
            escalated(northmoor, ellis, funding, 1)
        raised = escalated(northmoor, ellis, funding, 2)
        assert stuck not in words(staff(northmoor, "keyworker").get(f"/people/{ellis.reference}"))
        assert whose(raised, at(16, 3)) == (2, sro.pk), "nobody is named at level 2: the next above is asked"
        assert whose(raised, at(23, 3)) == (2, sro.pk), "on the fifth working day still"
        assert whose(raised, at(24, 3)) == (3, sro.pk), "five working days on"
        act(northmoor, "commissioner", at(16, 3), take_step, action=funding, kind="blocked", because="Panel in April",
            waits_for="money", amount=64000, who_decides="Panel")  # fmt: skip
        assert "£64,000" in words(commissioning.get("/actions/all?show=money"))

    # 15 April: the next review opens on what was said before; nothing new is written before each is accounted for.
    second = reviewed(northmoor, ellis, 15, 4)
    review = f"/people/{ellis.reference}/reviews/{second.pk}"
    with on(15, 4):
        tom = staff(northmoor, "manager")
        assert "2 earlier recommendations are not accounted for" in words(tom.get(review))
        assert tom.get(f"{review}/recommend").headers["Location"] == f"{review}/carried"
        shown = words(tom.get(f"{review}/carried"))
        assert "Sensory assessment" in shown and "Disputed" in shown and "£64,000" in shown
        with context.as_engine():
            rows = {row.what: row.pk for row in CarriedOver.objects.filter(review=second)}
        said = {"Sensory assessment": "partly", "Decide on the home package": "not_done"}
        given = {f"answer_{rows[what]}": answer for what, answer in said.items()}
        given |= {f"because_{rows[what]}": "The panel asked the ward" for what in said}
        assert press(tom, f"{review}/carried", **given).status_code == 302

        # The same is recommended again, which is counted and said, and the first is chased no more.
        again = f"{review}/recommend?again={funding.number}"
        asked = {
            "what": funding.what, "how_known": "The letter of the panel", "topic": "18",
            "owner": f"actor-{northmoor.actors['commissioner'].pk}", "due_on-day": "30", "due_on-month": "4",
            "due_on-year": "2026",
        }  # fmt: skip
        assert press(tom, again, **asked).status_code == 302
        assert "Agreed 2 times" in words(tom.get(review))
        with context.as_engine():
            second_time = Action.objects.get(times=2)
            said_so = Event.objects.get(code="review.recommended_again")
            lifted = Escalation.objects.get(person=ellis)
        assert (said_so.subject_id, said_so.detail["times"]) == (second_time.number, 2)
        assert (lifted.reason, lifted.about_id) == ("repeated", second_time.number)
        assert "Agreed 2 times" in words(tom.get(f"{here}/{second_time.number}"))

    # 30 April: the senior officer reads the question and no record, and decides; the family reads it in plain words.
    came_in(northmoor, ellis)
    with on(29, 4):
        assert "They have not decided yet" in words(
            staff(northmoor, "family").get(f"/mine/{ellis.reference}/decisions")
        )
    with on(30, 4):
        officer = staff(northmoor, "senior_officer")
        asked_of = words(officer.get("/escalations"))
        assert "Decide on the home package" in asked_of and "Ellis" not in asked_of
        assert officer.get(f"/people/{ellis.reference}").status_code in (403, 404)
        decided = press(
            officer, f"/escalations/{lifted.pk}/decided", outcome="do", because="The panel has the money.",
            plain="The ICB pays for help at home from 1 June.",
        )  # fmt: skip
        assert decided.status_code == 302
        family = words(staff(northmoor, "family").get(f"/mine/{ellis.reference}/decisions"))
        assert "It will be done." in family and "from 1 June" in family and "The panel has" not in family
        assert "from 1 June" in words(
            staff(northmoor, "keyworker").get(f"/people/{ellis.reference}/escalations/{lifted.pk}")
        )

        for reader in ("family", "young_person"):
            promised = words(staff(northmoor, reader).get(f"/mine/{ellis.reference}/promised"))
            for told in ("Sensory assessment", "Dr Ode", "Willow Hospital", "Decide on the home package"):
                assert told in promised, (reader, told)
            decided = words(staff(northmoor, reader).get(f"/mine/{ellis.reference}/decisions"))
            assert "from 1 June" in decided and "The panel has" not in decided, reader
        the_ward_reads_its_own(northmoor, ellis)
        chased = words(staff(northmoor, "keyworker").get(f"{here}/{senses.number}"))
        assert "Rang the ward" in chased and "Seen by our therapist" in chased, "every step, for use in a meeting"

    # 6 May: how it goes, by organisation.
    with on(6, 5):
        figures = words(staff(northmoor, "commissioner").get("/actions/figures"))
        assert "Willow Hospital" in figures and "Northmoor ICB" in figures
    assert [found for _, found in find_differing()] in ([], [[]])
