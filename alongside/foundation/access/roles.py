"""What each role reaches. One table, read by the Python scope and, through `access_reach`, by the database.

`reach`   area: everybody the ICB is responsible for · involved: only people one is involved with ·
          counts: numbers, never a person · none.
`guarded` may also see people whose agreement to the register is not confirmed.
`topics`  what may be read of people reached through the area (involvements carry their own).
`writes`  may change records of people reached.
"""

from dataclasses import dataclass

from django.db import models

from alongside.foundation.topics import EVERY_TOPIC, Topic


class Role(models.TextChoices):
    KEYWORKER = "keyworker", "Keyworker"
    MANAGER = "manager", "Keyworking manager"
    COORDINATOR = "coordinator", "Register coordinator"
    PARTNER_HEALTH = "partner_health", "Partner: health"
    PARTNER_EDUCATION = "partner_education", "Partner: education"
    PARTNER_SOCIAL_CARE = "partner_social_care", "Partner: social care"
    COMMISSIONER = "commissioner", "Commissioner"
    SENIOR_OFFICER = "senior_officer", "Senior responsible officer"
    REGIONAL = "regional", "Regional viewer"
    GOVERNANCE = "governance", "Information governance"
    ADMIN = "admin", "Administrator"
    YOUNG_PERSON = "young_person", "Young person"
    FAMILY = "family", "Parent or carer"


# They come in by the family door and see their own pages only.
FAMILY_DOOR = frozenset({Role.YOUNG_PERSON, Role.FAMILY})


@dataclass(frozen=True)
class Reach:
    reach: str
    guarded: bool = False
    topics: tuple[int, ...] = ()
    writes: bool = False


_COMMISSIONING = (
    Topic.IDENTITY,
    Topic.COMMUNICATION,
    Topic.PLACEMENT,
    Topic.REGISTER,
    Topic.HOSPITAL,
    Topic.REVIEW,
    Topic.KEYWORKING,
    Topic.ADULTHOOD,
    Topic.MONEY,
)

REACH: dict[str, Reach] = {
    Role.KEYWORKER: Reach("involved", writes=True),
    Role.MANAGER: Reach("area", topics=EVERY_TOPIC, writes=True),
    Role.COORDINATOR: Reach("area", guarded=True, topics=EVERY_TOPIC, writes=True),
    Role.PARTNER_HEALTH: Reach("involved"),
    Role.PARTNER_EDUCATION: Reach("involved"),
    Role.PARTNER_SOCIAL_CARE: Reach("involved"),
    Role.COMMISSIONER: Reach("area", topics=tuple(t.value for t in _COMMISSIONING), writes=True),
    Role.SENIOR_OFFICER: Reach("counts"),
    Role.REGIONAL: Reach("counts"),
    Role.GOVERNANCE: Reach("none"),
    Role.ADMIN: Reach("none"),
    # Whom they read about is said by their involvements alone.
    Role.YOUNG_PERSON: Reach("none"),
    Role.FAMILY: Reach("none"),
}

# What a partner is told about a person they are involved with, unless the involvement says less.
PARTNER_TOPICS: dict[str, tuple[int, ...]] = {
    Role.PARTNER_HEALTH: (Topic.IDENTITY, Topic.COMMUNICATION, Topic.HEALTH, Topic.HOSPITAL, Topic.REVIEW),
    Role.PARTNER_EDUCATION: (Topic.IDENTITY, Topic.COMMUNICATION, Topic.EDUCATION),
    Role.PARTNER_SOCIAL_CARE: (
        Topic.IDENTITY,
        Topic.COMMUNICATION,
        Topic.SOCIAL_CARE,
        Topic.PLACEMENT,
        Topic.FAMILY,
    ),
}
