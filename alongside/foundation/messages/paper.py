"""Letters on paper: what goes into the envelope, and who printed and posted it where no carrier does."""

from collections.abc import Iterable, Sequence

from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.letters import Letter, as_pdf, with_cover
from alongside.foundation.documents.pdf import joined
from alongside.foundation.documents.storage import read_file
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.providers import NotAcceptable
from alongside.foundation.messages.ways import LETTER, service_name
from alongside.foundation.recording.recording import Notes

State = Delivery.State
#: One file to print, and one page of the list, hold at most so many letters.
MOST = 100


def letter_of(delivery: Delivery) -> bytes:
    """The letter with a page in front that bears the address. Raises NotAcceptable, FileNotFoundError."""
    message = delivery.message
    if message is None:
        raise NotAcceptable("A letter without a message.")
    address = tuple(delivery.address.split("\n"))
    if message.letter:
        on = delivery.made_at.astimezone(LONDON).date()
        return with_cover(address, read_file(message.letter), on=on, sender=service_name())
    return as_pdf(
        Letter(
            title=message.subject,
            paragraphs=tuple(message.body.split("\n\n")),
            to=address,
            on=message.made_at.astimezone(LONDON).date(),
            sender=service_name(),
        )
    )


def list_on_paper(state: str, numbers: Iterable[int] | None = None) -> list[Delivery]:
    """Letters that wait to be printed or posted and that whoever asks may read, the oldest first.

    Who looks after the area sees that a letter waits; only who may read the letter prints it: the database shows
    nobody else its message, and without it the letter is not in this list.
    """
    found = Delivery.objects.filter(channel=LETTER, state=state, message__reference__gt="")
    if numbers is not None:
        found = found.filter(pk__in=list(numbers))
    return list(found.select_related("message", "printed_by").order_by("pk")[:MOST])


def one_file(deliveries: Sequence[Delivery]) -> bytes:
    """All of them one after another, to print in one go."""
    return joined([letter_of(one) for one in deliveries])


def say_printed(note: Notes, deliveries: Sequence[Delivery]) -> None:
    """Whoever acts printed these and holds them in their hands. Raises NotNow where none waits for it any more."""
    _move(note, deliveries, State.TO_PRINT, "delivery.printed", "A letter was printed.", state=State.PRINTED,
          printed_at=note.at, printed_by_id=note.by.id)  # fmt: skip


def say_posted(note: Notes, deliveries: Sequence[Delivery]) -> None:
    """Whoever acts put these into the post. Raises NotNow where none waits for it any more."""
    _move(note, deliveries, State.PRINTED, "delivery.posted", "A letter was posted.", state=State.SENT,
          sent_at=note.at, posted_by_id=note.by.id, filling={})  # fmt: skip


def _move(note: Notes, deliveries: Sequence[Delivery], stood: str, code: str, words: str, **changes: object) -> None:
    with context.as_engine():
        waiting = Delivery.objects.select_for_update().filter(pk__in=[one.pk for one in deliveries], state=stood)
        moved = list(waiting.order_by("pk"))
        Delivery.objects.filter(pk__in=[one.pk for one in moved]).update(**changes)
    if not moved:
        raise NotNow("nothing_waits", "Nothing was changed: somebody else did this already.")
    for one in moved:
        note(code, words=words, icb_id=one.icb_id, subject="delivery", subject_id=one.pk)
        note.matter("delivery", one.pk)
