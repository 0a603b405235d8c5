"""The named cast of the demonstration: who can sign in, as what, where."""

from dataclasses import dataclass

from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Team

HOME, NEIGHBOUR, REGION = "DEMO", "DEM2", "Y60"


@dataclass(frozen=True)
class Part:
    """A member of the cast. `area` is the code of an ICB or region; `inbox` the team whose inbox they hold."""

    key: str
    name: str
    role: Role
    post: str
    about: str
    area: str = HOME
    team: str = ""
    inbox: bool = False


CAST = (
    Part(
        "asha",
        "Asha Patel",
        Role.KEYWORKER,
        "Keyworker",
        "Her caseload is over its limit. Wants to know in the morning who needs her today.",
        team=Team.Kind.KEYWORKING,
    ),
    Part(
        "ben",
        "Ben Okafor",
        Role.KEYWORKER,
        "Keyworker",
        "New in the team; has taken over a colleague's caseload.",
        team=Team.Kind.KEYWORKING,
    ),
    Part(
        "tom",
        "Tom Reed",
        Role.MANAGER,
        "Keyworking service manager",
        "Runs the keyworking team and holds its inbox. Watches that nothing is late.",
        team=Team.Kind.KEYWORKING,
        inbox=True,
    ),
    Part(
        "priya",
        "Priya Nair",
        Role.COORDINATOR,
        "Dynamic support register coordinator",
        "Keeps the register. Decides ratings with the panel and holds the register team's inbox.",
        team=Team.Kind.REGISTER,
        inbox=True,
    ),
    Part(
        "grace",
        "Grace Lim",
        Role.COORDINATOR,
        "C(E)TR and register coordinator",
        "Arranges reviews and holds the review team's inbox.",
        team=Team.Kind.REVIEW,
        inbox=True,
    ),
    Part("helen", "Helen Marsh", Role.PARTNER_HEALTH, "CAMHS nurse", "Sees the health topics of those she works with."),
    Part(
        "ed",
        "Ed Holloway",
        Role.PARTNER_EDUCATION,
        "SENCO",
        "Sees education, and how to talk with them, for pupils he works with.",
    ),
    Part(
        "samira",
        "Samira Yusuf",
        Role.PARTNER_SOCIAL_CARE,
        "Social worker",
        "Sees social care, family and placement of those she works with.",
    ),
    Part(
        "carol",
        "Carol Whitfield",
        Role.COMMISSIONER,
        "Learning disability and autism commissioner",
        "Visits people in hospital and answers for the law's time limits.",
        team=Team.Kind.COMMISSIONING,
        inbox=True,
    ),
    Part(
        "ruth", "Ruth Castle", Role.SENIOR_OFFICER, "Senior responsible officer", "Sees numbers, and what she decides."
    ),
    Part(
        "nadia",
        "Nadia Stone",
        Role.REGIONAL,
        "Regional programme lead",
        "Sees the numbers of every ICB of the region.",
        area=REGION,
    ),
    Part(
        "ivor",
        "Ivor Blake",
        Role.GOVERNANCE,
        "Information governance lead",
        "Answers who looked at a record and who changed it, and why.",
    ),
    Part("ada", "Ada Bright", Role.ADMIN, "Administrator", "Keeps organisations, roles and rules; sees no person."),
    Part(
        "dev",
        "Dev Sharma",
        Role.COORDINATOR,
        "Register coordinator of the neighbouring ICB",
        "Sees his own area only; accepts people who move there.",
        area=NEIGHBOUR,
        team=Team.Kind.REGISTER,
        inbox=True,
    ),
)


@dataclass(frozen=True)
class FamilyPart:
    """Somebody of a family, who comes in by the family door. `relation` names them among the young person's relations.

    `phone` is their way in; `sees` what the inviter opened to them (`stories/families.py`).
    """

    key: str
    name: str
    story: str
    phone: str
    about: str
    relation: str = ""
    sees: str = "everything"


FAMILIES = (
    FamilyPart(
        "kai", "Kai Moss", "kai", "07700 900230", "14 and autistic. Sees his own pages, and says what he thinks."
    ),
    FamilyPart(
        "dawn",
        "Dawn Moss",
        "kai",
        "07700 900114",
        "Kai's mother. Wants to know who does what by when, without having to ask again.",
        relation="Dawn Moss",
        sees="parent",
    ),
    FamilyPart(
        "rob",
        "Rob Moss",
        "kai",
        "07700 900371",
        "Kai's father, who lives apart. A court order limits what he is told.",
        relation="Rob Moss",
        sees="limits",
    ),
    FamilyPart("mimi", "Maya Okonjo", "maya", "07700 900418", "16 and in hospital. Decides herself who is told what."),
)
