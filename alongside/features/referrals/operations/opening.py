"""Opening a letter is a look: recorded without an act, by whoever holds its link or reads it with the code."""

from collections.abc import Iterable
from datetime import datetime

from alongside.features.referrals.models import LetterOpened, OutcomeLetter


def record_opened(letter: OutcomeLetter, *, at: datetime) -> None:
    """That its link was opened. Asked with the letter's own key."""
    LetterOpened.objects.create(letter=letter, at=at)


def record_first_read(letters: Iterable[OutcomeLetter], *, at: datetime) -> None:
    """That these were read on the page that says how it is going; what was opened before stays as it is.

    Asked as whoever asked to join: with the key of their reference and code, or with their account.
    """
    unread = {letter.pk: letter for letter in letters}
    for known in LetterOpened.objects.filter(letter__in=unread).values_list("letter_id", flat=True):
        unread.pop(known, None)
    LetterOpened.objects.bulk_create(LetterOpened(letter=letter, at=at) for letter in unread.values())
