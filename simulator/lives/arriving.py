"""Coming to the register: who they are, where they belong, whether they agreed."""

from datetime import date, datetime, timedelta

from alongside.features.people.models import Circumstance
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday
from simulator import invented
from simulator.history import Add, Agree, Allocate, Enter, Rate, Record
from simulator.identity import postcode
from simulator.lives.living import Living, local

GENDERS = (("1", 48), ("2", 46), ("9", 6))  # codes of the national list: male, female, not stated
ETHNICITIES = (("A", 62), ("B", 1), ("C", 5), ("D", 3), ("F", 3), ("H", 4), ("J", 6), ("M", 2), ("N", 6), ("S", 2))
PRONOUNS = (("", 78), ("he/him", 9), ("she/her", 9), ("they/them", 4))
CIRCUMSTANCES = (
    ("looked_after", 14),
    ("adopted", 5),
    ("care_edge", 8),
    ("child_protection", 7),
    ("residential_52", 5),
    ("residential_38", 3),
    ("youth_justice", 4),
    ("excluded", 6),
    ("out_of_school", 18),
    ("risk_placement", 12),
    ("risk_education", 16),
)
CIRCUMSTANCE_WORDS = {"ehc_plan": "They have an education, health and care plan."}
TOPIC_OF = {
    "ehc_plan": Topic.EDUCATION,
    "excluded": Topic.EDUCATION,
    "out_of_school": Topic.EDUCATION,
    "risk_education": Topic.EDUCATION,
    "youth_justice": Topic.JUSTICE,
    "residential_52": Topic.PLACEMENT,
    "residential_38": Topic.PLACEMENT,
    "risk_placement": Topic.PLACEMENT,
}


def drawn(living: Living, shares: tuple[tuple[str, int], ...]) -> str:
    """One of these by their shares."""
    return living.random.choices([name for name, _ in shares], [share for _, share in shares])[0]


def arrive(living: Living, at: datetime, nhs_number: str | None) -> None:
    """Added, agreement asked, put on the register, and what is known written down; rated soon after."""
    random, day = living.random, local(at)
    known = who_they_are(living, day)
    living.birth_date = known["birth_date"]
    known["nhs_number"] = nhs_number
    listing = "adult" if living.birth_date and birthday(living.birth_date, 18) <= day else "child"
    by = living.coordinator()
    first = living.act(
        at, by, Add(known), _agreement(living, day), Enter(listing, day, random.choice(invented.REASONS))
    )
    living.areas_from.append((first, living.area))
    living.made_at["person", 1] = first
    living.act(first + timedelta(minutes=10), by, *_belonging(living, day), *_circumstances(living, day))
    rate_first(living, first)
    allocate_soon(living)


def who_they_are(living: Living, day: date) -> dict:
    """Their own row. One in seventy has no date of birth on record."""
    random = living.random
    age = random.triangular(6, 24, 15) * 365.25
    born = None if random.random() < 0.014 else day - timedelta(days=int(age))
    given = random.choice(invented.GIVEN)
    return {
        "given_name": given,
        "family_name": random.choice(invented.FAMILY),
        "preferred_name": random.choice(invented.GIVEN) if random.random() < 0.06 else "",
        "pronouns": drawn(living, PRONOUNS),
        "birth_date": born,
        "gender": drawn(living, GENDERS),
        "ethnicity": drawn(living, ETHNICITIES),
        "first_language": "" if random.random() < 0.93 else random.choice(("Polish", "Urdu", "Arabic", "BSL")),
    }


def _agreement(living: Living, day: date) -> Agree:
    draw = living.random.random()
    if draw < 0.89:
        return living.yes_on(day)
    return Agree("unknown", "not_stated", None, False) if draw < 0.96 else Agree("refused", "parental", day, False)


def _belonging(living: Living, day: date) -> list[Record]:
    random, area = living.random, living.area
    number, street = random.randrange(1, 140), random.choice(invented.STREETS)
    home = living.record(
        "address",
        Topic.CONTACT,
        "Their home address was recorded.",
        kind="home",
        lines=f"{number} {street}, {random.choice(invented.PLACES)}",
        postcode=postcode(random),
        from_date=None,
    )
    facts = [home]
    for kind, places, topic in (
        ("gp", area.practices, Topic.HEALTH),
        ("school", area.schools, Topic.EDUCATION),
        ("council", area.councils, Topic.SOCIAL_CARE),
    ):
        if kind == "school" and random.random() < 0.15:
            continue
        place, name = random.choice(places)
        facts.append(
            living.record(
                "belonging", topic, f"{name} was recorded.", kind=kind, organisation_id=place, name=name, from_date=None
            )
        )
    facts += _diagnoses(living)
    relation = random.choice(invented.RELATIONSHIPS)
    facts.append(
        living.record(
            "relation",
            Topic.FAMILY,
            f"{relation} was recorded.",
            name=f"{random.choice(invented.STAFF_GIVEN)} {random.choice(invented.FAMILY)}",
            relationship=relation,
            parental_responsibility=relation in ("Mother", "Father"),
            phone=f"07700 900{random.randrange(1000):03d}",
            carries_main_contact=True,
        )
    )
    if random.random() < 0.5:
        post = random.choice(invented.POSTS)
        name = f"{random.choice(invented.STAFF_GIVEN)} {random.choice(invented.FAMILY)}"
        facts.append(
            living.record("professional", Topic.FAMILY, f"{name}, {post.lower()}, was recorded.", name=name, post=post)
        )
    return facts


def _diagnoses(living: Living) -> list[Record]:
    draw, found = living.random.random(), []
    if draw < 0.82:
        basis = "diagnosed" if living.random.random() < 0.85 else "pathway"
        found.append(("autism", basis))
    if draw > 0.72:
        found.append(("learning_disability", "diagnosed"))
    return [
        living.record("diagnosis", Topic.HEALTH, f"{k.replace('_', ' ').capitalize()}: {b}.", kind=k, basis=b)
        for k, b in found
    ]


def _circumstances(living: Living, day: date) -> list[Record]:
    facts, random = [], living.random
    if random.random() < 0.6:
        since = None if random.random() < 0.05 else day - timedelta(days=random.randrange(330))
        facts.append(circumstance(living, "ehc_plan", since))
    for kind, share in CIRCUMSTANCES:
        if random.random() * 100 < share:
            facts.append(circumstance(living, kind, day - timedelta(days=random.randrange(400))))
    return facts


def circumstance(living: Living, kind: str, since: date | None) -> Record:
    words = CIRCUMSTANCE_WORDS.get(kind, f"Recorded: {Circumstance.Kind(kind).label}.")
    return living.record(
        "circumstance", TOPIC_OF.get(kind, Topic.SOCIAL_CARE), words, kind=kind, from_date=since, detail=""
    )


def rate_first(living: Living, entered: datetime) -> None:
    """Rated on the day of entry, now and then a few days late; hardly ever forgotten."""
    if living.random.random() < 0.01:
        return
    late = 0 if living.random.random() < 0.85 else living.random.randrange(1, 5)
    colour = drawn(living, (("red", 10), ("amber", 35), ("green", 55)))
    at = living.office_hours(local(entered) + timedelta(days=late)) if late else entered + timedelta(hours=1)
    living.act(at, living.decider(), Rate(living.entry.number, colour, living.random.choice(invented.BECAUSE[colour])))


def allocate_soon(living: Living) -> None:
    """A keyworker within days, for most of those who agreed; and what the keyworker then learns."""
    random = living.random
    if not living.agreed or random.random() < 0.18:
        return
    worker = random.choice(living.area.keyworkers)
    day = local(living.last) + timedelta(days=random.randrange(1, 6))
    at = living.act(living.office_hours(day), random.choice(living.area.staff["manager"]), Allocate(worker, day))
    if random.random() < 0.75:
        living.act(
            at + timedelta(days=random.randrange(1, 9)),
            worker,
            living.record(
                "communication",
                Topic.COMMUNICATION,
                "How to talk with them was written down.",
                best_way=random.choice(invented.WAYS),
                avoid=random.choice(invented.AVOID),
                what_helps=random.choice(invented.HELPS),
                adjustments=random.choice(invented.ADJUSTMENTS),
                contact_by="Text",
            ),
            living.record(
                "ownwords",
                Topic.OWN_WORDS,
                "Their own words were written down.",
                words=random.choice(invented.OWN_WORDS),
                said_how="Said on a visit",
            ),
        )
