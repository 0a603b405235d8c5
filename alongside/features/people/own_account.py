"""The young person's own way in by the family door, when they die: it closes at once, and with it every open link.

Those of the family keep theirs: their first page says what happened, and asks nothing.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from alongside.features.people.ended import DIED, MISTAKE, list_ended, list_living_after_all
from alongside.features.people.models import Person
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.invitations import take_back
from alongside.foundation.accounts.models import EntryCode, FamilyAccount, Invitation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def end_with_the_life(notes: Notes) -> None:
    """Runs in the same transaction as the death, or as the correction of one written down by mistake."""
    for ended in list_ended(notes):
        if ended.because == DIED:
            _close(notes, ended.person)
    for person in list_living_after_all(notes):
        _open_again(notes, person)


def _close(notes: Notes, person: Person) -> None:
    for asked in Invitation.objects.filter(person_id=person.pk, relation_id=None, used_at=None, taken_back_at=None):
        take_back(notes, asked)
    own = Involvement.objects.filter(person_id=person.pk, because=Involvement.Because.OWN_RECORD)
    open_ones = own.filter(Q(to_at=None) | Q(to_at__gt=notes.at))
    actors = list(open_ones.values_list("actor", flat=True))
    if not actors:
        return
    open_ones.update(to_at=Greatest(Value(notes.at), F("from_at")))
    FamilyAccount.objects.filter(actor__in=actors, closed_at=None).update(closed_at=notes.at)
    EntryCode.objects.filter(account__actor__in=actors, used_at=None, until__gt=notes.at).update(until=notes.at)
    _say(notes, person, "family.closed", f"Their own pages were closed. {DIED}")


def _open_again(notes: Notes, person: Person) -> None:
    own = Involvement.objects.filter(person_id=person.pk, because=Involvement.Because.OWN_RECORD)
    for one in own.exclude(to_at=None).order_by("pk"):
        closed = FamilyAccount.objects.filter(actor=one.actor_id, closed_at=one.to_at).first()
        if closed is None or _is_taken(closed):
            continue
        Involvement.objects.filter(pk=one.pk).update(to_at=None)
        FamilyAccount.objects.filter(pk=closed.pk).update(closed_at=None)
        _say(notes, person, "family.opened", f"Their own pages are open again. {MISTAKE}")


def _is_taken(account: FamilyAccount) -> bool:
    """Whether somebody else comes in by this phone or address meanwhile."""
    same = Q(phone=account.phone) if account.phone else Q(email=account.email)
    return FamilyAccount.objects.filter(same, closed_at=None).exists()


def _say(notes: Notes, person: Person, code: str, words: str) -> None:
    notes(code, words=words, person_id=person.pk, icb_id=person.icb_id, topic=Topic.FAMILY)
