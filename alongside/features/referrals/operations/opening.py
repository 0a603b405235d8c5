"""Opening a letter is a look: recorded without an act, by whoever holds its link."""

from datetime import datetime

from alongside.features.referrals.models import LetterOpened, OutcomeLetter


def record_opened(letter: OutcomeLetter, *, at: datetime) -> None:
    """That its link was opened. Asked with the letter's own key."""
    LetterOpened.objects.create(letter=letter, at=at)
