"""Coming in again by the family door: a phone number or e-mail address that is known, and a code sent to it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import F, Q, Sum
from django.utils.crypto import constant_time_compare

from alongside.foundation.access import context
from alongside.foundation.accounts.invitations import CODE_COUNTS, MOST_SENT, MOST_WRONG, digest, new_code, plain_phone
from alongside.foundation.accounts.models import Actor, EntryCode, FamilyAccount, RoleHeld
from alongside.foundation.recording.recording import Notes

DOOR = "The family door"
DAY, MOST_IN_A_DAY = timedelta(days=1), 12
#: After so many wrong codes within a day the way in is locked until they are a day old. Local default.
MOST_WRONG_IN_A_DAY = 10
#: What the key of somebody who came in by it says; their session is shorter than that of staff (`access.me`).
FACTOR = "family"


def make_door() -> None:
    """Makes the door's actor where it is missing. Called after each migration, as the owner of the tables."""
    if not Actor.objects.filter(kind=Actor.Kind.JOB, name=DOOR).exists():
        Actor.objects.create(kind=Actor.Kind.JOB, name=DOOR, post="", about="Lets in those who were invited")


def the_door() -> Actor:
    """Whoever acts until it is known who comes in. It holds no role and reaches nobody."""
    with context.as_engine():
        return Actor.objects.get(kind=Actor.Kind.JOB, name=DOOR)


def find_account(contact: str) -> FamilyAccount | None:
    """Whose way in this is, as typed; None for nobody's."""
    phone, email = plain_phone(contact), contact.strip().lower()
    wanted = Q(phone=phone) if phone else Q(email=email)
    with context.as_engine():
        found = FamilyAccount.objects.select_related("actor").filter(wanted, closed_at=None).first()
        return found if found and found.actor.left_on is None else None


def account_of(actor_id: int) -> FamilyAccount | None:
    """Where somebody of a family can be told that there is something to read."""
    with context.as_engine():
        return FamilyAccount.objects.filter(actor_id=actor_id, closed_at=None).first()


def may_be_sent(account: FamilyAccount, at: datetime) -> bool:
    """Not more than a few codes in the time that one counts, nor many in a day: nobody guesses on and on."""
    with context.as_engine():
        sent = list(account.codes.filter(sent_at__gt=at - DAY).values_list("sent_at", "wrong_codes"))
    if sum(wrong for _, wrong in sent) >= MOST_WRONG_IN_A_DAY:
        return False
    return len(sent) < MOST_IN_A_DAY and sum(when > at - CODE_COUNTS for when, _ in sent) < MOST_SENT


def locked_actors(actor_ids: Collection[int], at: datetime) -> set[int]:
    """Those of them whose way in is locked after wrong codes."""
    with context.as_engine():
        rows = EntryCode.objects.filter(account__actor__in=actor_ids, sent_at__gt=at - DAY)
        wrong = rows.values("account__actor").annotate(wrong=Sum("wrong_codes"))
        return {row["account__actor"] for row in wrong if row["wrong"] >= MOST_WRONG_IN_A_DAY}


def new_entry_code(note: Notes, account: FamilyAccount) -> tuple[EntryCode, str]:
    """A code to send; those sent before stop counting."""
    with context.as_engine():
        account.codes.filter(used_at=None, until__gt=note.at).update(until=note.at)
        code = new_code()
        entry = EntryCode.objects.create(
            account=account, code_digest=digest(code), sent_at=note.at, until=note.at + CODE_COUNTS
        )
    note("family.code_sent", words="A code to sign in was sent.", icb_id=area_of(account.actor))
    return entry, code


def enter(entry_id: int, code: str, at: datetime) -> Actor | None:
    """The actor whose code this is. None for a wrong, used or late one: nobody is told which. In a transaction."""
    with context.as_engine():
        entry = (
            EntryCode.objects.select_for_update(of=("self",))
            .select_related("account__actor")
            .filter(pk=entry_id, used_at=None, until__gte=at, wrong_codes__lt=MOST_WRONG)
            .first()
        )
        if entry is None or locked_actors([entry.account.actor_id], at):
            return None
        if not constant_time_compare(entry.code_digest, digest(code)):
            EntryCode.objects.filter(pk=entry.pk).update(wrong_codes=F("wrong_codes") + 1)
            return None
        EntryCode.objects.filter(pk=entry.pk).update(used_at=at)
        return entry.account.actor


def area_of(actor: Actor) -> int | None:
    """The ICB whose service they came in by."""
    with context.as_engine():
        return RoleHeld.objects.filter(actor=actor, to_date=None).values_list("area_id", flat=True).first()
