"""An invented keyworking team: where each is based, what they know, who works part-time and who is away."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from alongside.features.keyworking.models import KeyworkerProfile, Leave, TrainingDone, WorkTime
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import COURSES, SKILLS
from simulator.history import Member

INTERESTS = ("music", "trains", "football", "Lego", "cooking", "gaming", "drawing", "animals", "swimming")
LANGUAGES = ("Polish", "Urdu", "Punjabi", "British Sign Language", "Romanian")
BASES = (("Mill Lane Clinic", "NM1"), ("Harbour House", "NM2"), ("Station Road Centre", "NM3"))
#: Most work full time.
SHARES = ("1", "1", "1", "0.8", "0.6")


def describe_team(
    note: Notes,
    icb: Organisation,
    keyworkers: Sequence[Member],
    councils: Sequence[str],
    today: date,
    *,
    trained: bool = True,
) -> None:
    """Profiles, working time, training and some leave, where missing. Called inside `recording()`.

    `trained` False leaves out training, whose renewal is a duty of each: for areas with very many keyworkers.
    """
    known = set(KeyworkerProfile.objects.filter(icb=icb).values_list("worker_id", flat=True))
    new = [(number, one) for number, one in enumerate(keyworkers) if one.id not in known]
    new = list({one.id: (number, one) for number, one in reversed(new)}.values())
    randoms = {one.id: Random(f"keyworker {icb.code} {number}") for number, one in new}
    KeyworkerProfile.objects.bulk_create(_profile(icb, one, councils, randoms[one.id]) for _, one in new)
    since = today - timedelta(days=400)
    WorkTime.objects.bulk_create(
        WorkTime(icb=icb, worker_id=one.id, share=Decimal(randoms[one.id].choice(SHARES)), from_date=since)
        for _, one in new
    )
    if trained:
        done = [row for _, one in new for row in _training(icb, one, today, randoms[one.id])]
        for row in TrainingDone.objects.bulk_create(done):
            note.matter("training", row.pk)
    # One in ten is away soon.
    Leave.objects.bulk_create(
        Leave(icb=icb, worker_id=one.id, from_date=today + timedelta(days=12), to_date=today + timedelta(days=26))
        for number, one in new
        if number % 10 == 1
    )


def _profile(icb: Organisation, member: Member, councils: Sequence[str], random: Random) -> KeyworkerProfile:
    base, district = random.choice(BASES)
    return KeyworkerProfile(
        icb=icb,
        worker_id=member.id,
        base=base,
        phone=f"07700 900{member.id % 1000:03}",
        district=district,
        councils=random.sample(list(councils), min(len(councils), random.choice((1, 1, 2)))),
        skills=sorted(random.sample(sorted(SKILLS), random.choice((1, 2, 3)))),
        interests=random.sample(INTERESTS, 2),
        languages=random.sample(LANGUAGES, random.choice((0, 0, 1))),
        about_me="I come to you where you feel safe. I text before I ring.",
    )


def _training(icb: Organisation, member: Member, today: date, random: Random) -> Iterator[TrainingDone]:
    for course in COURSES:
        done = today - timedelta(days=random.randrange(30, 340))
        yield TrainingDone(
            icb=icb,
            worker_id=member.id,
            course=course,
            completed_on=done,
            expires_on=done + timedelta(days=730),
            evidence="Certificate",
        )
