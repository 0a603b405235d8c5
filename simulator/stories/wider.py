"""Other young people whose records show one thing each: growing up, no agreement, moved, back, restricted."""

from alongside.foundation.topics import Topic
from simulator import history as h
from simulator.stories.telling import Teller, circumstance, diagnosis, talks


def jordan(t: Teller) -> h.Life:
    """Turns 18 in under five months."""
    return t.life(
        t.when(
            300,
            "priya",
            t.person("Jordan", "Teal", t.born(18, -140), pronouns="they/them"),
            t.yes(300, "sixteen"),
            t.enter(300, "Residential school ends next summer; nothing agreed after it."),
            diagnosis("autism"),
            diagnosis("learning_disability"),
            circumstance("ehc_plan", Topic.EDUCATION, t.day(330)),
            circumstance("residential_52", Topic.PLACEMENT, t.day(700)),
        ),
        *(t.when(days, "priya", h.Rate(1, "green", "Doing well at school."), hour=13) for days in (300, 212, 125, 84)),
        t.when(296, "tom", t.allocate("asha", 296)),
        *t.in_touch("asha", 296),
        t.when(290, "asha", talks("Picture board", "Loud rooms", "Counting to ten", "Easy read letters")),
    )


def leo(t: Teller) -> h.Life:
    """On the register, and nobody has asked whether he agrees."""
    return t.life(
        t.when(
            9,
            "priya",
            t.person("Leo", "Brandt", t.born(11, 10)),
            h.Agree("unknown", "not_stated", None, False),
            t.enter(9, "Named by the school; family not reached yet."),
            diagnosis("autism", "pathway"),
        ),
        t.when(9, "priya", h.Rate(1, "amber", "What the school tells is worrying."), hour=12),
    )


def ellis(t: Teller) -> h.Life:
    """The old list says that the family said no; nobody has asked them again."""
    return t.life(
        t.when(
            20,
            "priya",
            t.person("Ellis", "Ward", t.born(9, 33)),
            h.Agree("refused", "parental", t.day(20), False),
            t.enter(20, "Carried over from the old list."),
        ),
        t.when(20, "priya", h.Rate(1, "green", "Risks known."), hour=12),
    )


def amara(t: Teller) -> h.Life:
    """Moved here from the neighbouring ICB."""
    home, neighbour = t.icbs["DEMO"], t.icbs["DEM2"]
    return t.life(
        t.when(
            200,
            "dev",
            t.person("Amara", "Cole", t.born(15, 12), pronouns="she/her"),
            t.yes(200),
            t.enter(200, "Excluded from school and not sleeping."),
            diagnosis("autism"),
        ),
        *(t.when(days, "dev", h.Rate(1, "amber", "Not settled."), hour=13) for days in (200, 186, 172, 100, 52)),
        t.when(47, "dev", h.Offer(home[0], home[1], "The family has moved house.")),
        t.when(44, "priya", h.Accept(home[0], home[1], neighbour[1])),
        *(t.when(days, "priya", h.Rate(2, "amber", "New here; not settled yet."), hour=13) for days in (44, 30, 13)),
        t.when(40, "tom", t.allocate("ben", 40)),
        *t.in_touch("ben", 40),
        icb="DEM2",
    )


def theo(t: Teller) -> h.Life:
    """Came back to the register after half a year."""
    return t.life(
        t.when(
            500,
            "priya",
            t.person("Theo", "Lamb", t.born(12, 300)),
            t.yes(500),
            t.enter(500, "Distress at school."),
            diagnosis("learning_disability"),
        ),
        *(t.when(days, "priya", h.Rate(1, "green", "Settled."), hour=13) for days in (500, 412, 325)),
        t.when(300, "priya", h.Remove(1, t.day(300), "risk_low")),
        t.when(28, "priya", h.Enter("child", t.day(28), "Came back: risk is up again."), t.yes(28)),
        *(t.when(days, "priya", h.Rate(2, "amber", "Up again since September."), hour=13) for days in (28, 17)),
        t.when(25, "tom", t.allocate("asha", 25)),
        *t.in_touch("asha", 25),
    )


def robin(t: Teller) -> h.Life:
    """On the adults' list."""
    return t.life(
        t.when(
            90,
            "priya",
            t.person("Robin", "Vale", t.born(20, 50)),
            t.yes(90, "sixteen"),
            t.enter(90, "Moved over from the children's register at 18.", "adult"),
            diagnosis("autism"),
        ),
        t.when(90, "priya", h.Rate(1, "green", "Risks known and managed."), hour=13),
    )


def idris(t: Teller) -> h.Life:
    """Red since some days, and nobody has said when he is looked at again."""
    return t.life(
        t.when(
            45,
            "priya",
            t.person("Idris", "Vaughan", t.born(14, 220), pronouns="he/him"),
            t.yes(45),
            t.enter(45, "Barricades himself in his room; school has not seen him since summer."),
            diagnosis("autism"),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled."), hour=11) for days in (45, 32, 18)),
        t.when(41, "tom", t.allocate("ben", 41)),
        *t.in_touch("ben", 41),
        t.when(
            5, "priya", h.Rate(1, "red", "His mother can’t keep him safe at night any more.", ["placement"]), hour=16
        ),
    )


def zara(t: Teller) -> h.Life:
    """A restricted record."""
    return t.life(
        t.when(
            70,
            "priya",
            t.person("Zara", "Quill", t.born(13, 77)),
            t.yes(70),
            t.enter(70, "Child of a member of staff: few people may see this record."),
            diagnosis("autism"),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled."), hour=13) for days in (70, 56, 42, 28, 14)),
    )
