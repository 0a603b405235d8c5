"""A keyworker's account is closed, once nothing is theirs any more. Called inside `recording()`."""

from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from alongside.features.keyworking.handing_over.work import in_words, list_open_work
from alongside.features.keyworking.held import living
from alongside.features.keyworking.models import Allocation
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day


def what_is_open(icb: Organisation, worker_id: int, today: date) -> list[str]:
    """Whatever is still theirs, in words: people first. Counted as the engine; nobody is named."""
    with context.as_engine():
        still = Q(to_date=None) | Q(to_date__gt=today)
        rows = Allocation.objects.filter(still, worker=worker_id, superseded_by=None)
        people = rows.filter(living()).values(whose=Coalesce("person__survivor_id", "person_id")).distinct().count()
    kinds: dict[str, int] = {}
    for item in list_open_work(worker_id, icb.pk):
        kinds[item.kind] = kinds.get(item.kind, 0) + 1
    found = [f"{people} {'person' if people == 1 else 'people'}"] if people else []
    return found + [in_words(kind, many) for kind, many in kinds.items()]


def close_account(note: Notes, *, by: Me, icb: Organisation, worker: Actor) -> None:
    """From today they are in the team no more; where they hold no other role, they can't sign in from today.

    Raises NotNow while anything is theirs: it is handed over first. What was theirs about no person, such as looking
    again at an opening, comes to its team. Only a manager of the area does it, and nobody closes their own.
    """
    if not by.holds_in(icb.pk, Role.MANAGER) or by.id == worker.pk:
        raise Refused("not_theirs", "A keyworking manager closes an account, and nobody their own.")
    today = local_day(note.at)
    if found := what_is_open(icb, worker.pk, today):
        raise NotNow("work_is_open", f"{worker.name} still has {', '.join(found)}. Hand it over first.")
    with context.as_engine():
        mine = RoleHeld.objects.filter(Q(to_date=None) | Q(to_date__gte=today), actor=worker)
        if not mine.filter(area=icb, role=Role.KEYWORKER).exists():
            raise NotNow("not_in_team", f"{worker.name} is not in the team now.")
        for held in mine.filter(area=icb, role=Role.KEYWORKER):
            held.to_date = max(held.from_date, today - timedelta(days=1))
            held.save(update_fields=["to_date"])
        if not mine.exists():
            worker.left_on = today
            worker.save(update_fields=["left_on"])
    words = f"{worker.name} left the keyworking team."
    note("account.closed", words=words, icb_id=icb.pk, subject="actor", subject_id=worker.pk)
