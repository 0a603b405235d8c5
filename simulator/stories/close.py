"""Young people at greatest risk now: in crisis, in hospital, just out of it."""

from alongside.foundation.topics import Topic
from simulator import history as h
from simulator.stories.telling import Teller, belongs, circumstance, diagnosis, fact, relation, review, says, talks


def kai(t: Teller) -> h.Life:
    """Red this week after notice on his placement; his review is due today."""
    return t.life(
        t.when(
            120,
            "priya",
            t.person("Kai", "Moss", t.born(14, 80), pronouns="he/him", gender="1"),
            t.yes(120),
            t.enter(120, "A&E twice in a month after self-harm; placement under strain."),
            diagnosis("autism"),
            circumstance("ehc_plan", Topic.EDUCATION, t.day(200)),
            circumstance("looked_after", Topic.SOCIAL_CARE, t.day(900), "Section 20"),
            relation("Dawn Moss", "Mother", carries_main_contact=True, phone="07700 900114"),
            relation(
                "Paul Gale", "Foster carer", parental=False, phone="07700 900126", safe_contact="Evenings are best"
            ),
            belongs("school", Topic.EDUCATION, "Netherby High School"),
            belongs("gp", Topic.HEALTH, "Harrowdene Surgery"),
            belongs("council", Topic.SOCIAL_CARE, "Harrowdene Council"),
            fact(
                "address",
                Topic.CONTACT,
                "Their home address was recorded.",
                kind="home",
                lines="14 Juniper Road, Harrowdene",
                postcode="ZZ4 7QT",
            ),
        ),
        t.when(120, "priya", h.Rate(1, "amber", "Placement holds for now; crisis team stays involved."), hour=11),
        t.when(117, "tom", t.allocate("asha", 117)),
        *t.in_touch("asha", 117),
        t.when(
            110,
            "asha",
            talks(
                "Text first. Then side by side, on a walk.",
                "Surprises, and talking about school first",
                "Knowing who will be there; trains",
                "Longer appointments, a quiet place to wait",
            ),
            says("Please tell me before things change. I can do hard things if I know."),
        ),
        *(
            t.when(days, "priya", h.Rate(1, "amber", "Not settled yet; no crisis since the last review."))
            for days in (106, 92, 78, 64, 50, 36, 22)
        ),
        t.when(
            8,
            "asha",
            fact(
                "lifeevent",
                Topic.PLACEMENT,
                "Notice was given on his placement.",
                at=t.at(9, 15),
                kind="placement_notice",
                severity=4,
                source="Foster carer",
                detail="Four weeks' notice. No next place found yet.",
            ),
        ),
        t.when(
            7,
            "priya",
            h.Rate(1, "red", "Notice on the placement, no next place, and two bad nights.", ["placement"], proposal=9),
            h.PlanReview(1, t.day(0)),
        ),
        t.when(5, "asha", says("I don't want to move again. If I have to, I want to see it first.", "In a text")),
    )


def maya(t: Teller) -> h.Life:
    """In hospital for five weeks."""
    return t.life(
        t.when(
            400,
            "priya",
            t.person("Maya", "Okonjo", t.born(16, 40), preferred_name="Mimi", pronouns="she/her", gender="2"),
            t.yes(400),
            t.enter(400, "Crisis team involved; not eating or sleeping."),
            diagnosis("autism"),
            circumstance("ehc_plan", Topic.EDUCATION, t.day(300)),
            relation("Ngozi Okonjo", "Mother", carries_main_contact=True),
        ),
        t.when(400, "priya", h.Rate(1, "green", "Risks known and managed with the crisis team's help."), hour=12),
        t.when(398, "tom", t.allocate("asha", 398)),
        *t.in_touch("asha", 398),
        t.when(312, "priya", h.Rate(1, "green", "Settled.")),
        t.when(225, "priya", h.Rate(1, "green", "Settled; back at college part time.")),
        t.when(138, "priya", h.Rate(1, "amber", "Distress is up since a change of staff.")),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled.")) for days in (124, 110, 96, 82, 68, 54, 41)),
        t.when(
            35,
            "priya",
            h.Admit(
                "mental_health_hospital",
                "Kestrel Ward, Larch House",
                t.at(36, 21),
                "03",
                {"security": "none", "registered_before": True, "reason": "Could not be kept safe at home."},
            ),
        ),
        t.when(21, "priya", h.Agree("given", "sixteen", t.day(21), True)),
        t.when(9, "priya", h.Rate(1, "blue", "Sleeping and eating better; discharge planned with her.")),
        t.when(
            12,
            "asha",
            talks(
                "Written questions a day before",
                "Being asked how she feels in front of others",
                "Her own blanket and headphones",
                "First appointment of the day",
                "Letter to the ward",
            ),
            says("I miss my cat. I want a plan that says a date.", "Drawn and written"),
        ),
    )


def ruby(t: Teller) -> h.Life:
    """A rule proposed red yesterday; it waits for a decision."""
    return t.life(
        t.when(
            60,
            "priya",
            t.person("Ruby", "Hale", t.born(15, 100), pronouns="she/her", gender="2"),
            t.yes(60),
            t.enter(60, "Police called twice; out of school for a term."),
            diagnosis("autism"),
            circumstance("out_of_school", Topic.EDUCATION, t.day(90)),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled."), hour=13) for days in (60, 46, 33, 19, 6)),
        t.when(58, "tom", t.allocate("asha", 58)),
        *t.in_touch("asha", 58),
        t.when(
            1,
            "asha",
            fact(
                "lifeevent",
                Topic.PLACEMENT,
                "Notice was given on her placement.",
                at=t.at(1, 8),
                kind="placement_notice",
                severity=3,
                source="Placement",
            ),
        ),
    )


def noah(t: Teller) -> h.Life:
    """Left hospital ten days ago: red, with contacts to make."""
    return t.life(
        t.when(
            150,
            "priya",
            t.person("Noah", "Finch", t.born(13, 200), gender="1"),
            t.yes(150),
            t.enter(150, "Rising distress at home since the move."),
            diagnosis("autism"),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled."), hour=13) for days in (150, 136, 122, 109, 95, 81)),
        t.when(147, "tom", t.allocate("asha", 147)),
        *t.in_touch("asha", 147),
        t.when(
            69,
            "priya",
            h.Admit(
                "mental_health_hospital",
                "Heron Unit, Fenbridge Hospital",
                t.at(70, 18),
                "01",
                {"security": "none", "registered_before": True},
            ),
        ),
        t.when(50, "grace", review("post_admission", t.at(50, 9), 1, "Home with daily support.")),
        t.when(10, "priya", h.Leave(1, t.at(11, 14), "Home")),
        t.when(9, "asha", review("post_discharge", t.at(9, 9), 1), minute=30),
        t.when(4, "priya", h.Rate(1, "red", "First week home went well; still early."), h.PlanReview(1, t.day(-3))),
    )


def iona(t: Teller) -> h.Life:
    """In hospital for three weeks, and her review is over its limit: its day went by, and nobody wrote what became."""
    return t.life(
        t.when(
            80,
            "priya",
            t.person("Iona", "Reid", t.born(15, 150), pronouns="she/her", gender="2"),
            t.yes(80),
            t.enter(80, "Two nights in A&E after she ran away from home."),
            diagnosis("autism"),
            circumstance("ehc_plan", Topic.EDUCATION, t.day(260)),
            relation("Moira Reid", "Mother", carries_main_contact=True),
        ),
        *(t.when(days, "priya", h.Rate(1, "amber", "Not settled."), hour=13) for days in (80, 66, 52, 38, 25)),
        t.when(78, "tom", t.allocate("ben", 78)),
        *t.in_touch("ben", 78),
        t.when(
            21,
            "priya",
            h.Admit(
                "mental_health_hospital",
                "Alder Ward, Northgate Hospital",
                t.at(22, 22),
                "02",
                {"security": "none", "registered_before": True, "reason": "Ran into the road at night."},
            ),
        ),
    )
