"""A form being filled in, kept on the server. Whoever has its reference and code goes on with it, on any device.

The browser carries both in a sealed cookie; statements about the draft are asked with the key that they make, so that
the database itself shows this one draft and no other. Nothing here is recorded: nobody was told anything yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.features.referrals.codes import digest_of, key_of, new_code, new_reference
from alongside.features.referrals.forms_steps import Typed
from alongside.features.referrals.models import Channel, ReferralDraft
from alongside.foundation.access import context

#: Local default: no national figure was found. After so many days without a word a draft is deleted.
KEPT_DAYS = 28


@dataclass(frozen=True, slots=True)
class Held:
    """The reference and the code that somebody came with."""

    reference: str
    code: str

    @property
    def key(self) -> str:
        return key_of(self.reference, self.code)


def begin_draft(
    *, channel: str, at: datetime, icb_id: int | None = None, asked_by_id: int | None = None, form: str = "short"
) -> Held:
    """A new, empty draft. It already has the reference that the referral will have."""
    held = Held(new_reference(), new_code())
    _create(held, channel, at, icb_id, asked_by_id, form)
    return held


def begin_full_form(held: Held, *, channel: str, at: datetime, icb_id: int) -> ReferralDraft:
    """The draft of the full form of an accepted referral, under the same reference and code; the one begun before."""
    return find_draft(held, at=at, form="full") or _create(held, channel, at, icb_id, None, "full")


def _create(
    held: Held, channel: str, at: datetime, icb_id: int | None, asked_by_id: int | None, form: str
) -> ReferralDraft:
    with context.asking_with(held.key):
        return ReferralDraft.objects.create(
            reference=held.reference,
            code_digest=digest_of(held.key),
            form=form,
            channel=Channel(channel),
            icb_id=icb_id,
            asked_by_id=asked_by_id,
            answers={},
            begun_at=at,
            saved_at=at,
            expires_at=at + timedelta(days=KEPT_DAYS),
        )


def find_draft(held: Held, *, at: datetime, form: str = "short") -> ReferralDraft | None:
    """The draft with this reference and code; None when there is none, or its time is over."""
    with context.asking_with(held.key):
        return ReferralDraft.objects.filter(reference=held.reference, form=form, expires_at__gt=at).first()


def keep_page(
    held: Held,
    slug: str,
    typed: dict[str, list[str]],
    *,
    at: datetime,
    form: str = "short",
    seen: int | None = None,
    **changes: Any,
) -> bool:
    """Keeps one page as it was typed. False when the draft is gone, or is newer than `seen`.

    `seen` is the version that the page was drawn from, for what is kept while typing: it comes late at times, and may
    not undo a Continue. Without it (at Continue) it is always kept, and the version counts up.
    """
    with context.asking_with(held.key), transaction.atomic():
        draft = (
            ReferralDraft.objects.select_for_update()
            .filter(reference=held.reference, form=form, expires_at__gt=at)
            .first()
        )
        if draft is None or (seen is not None and seen != draft.version):
            return False
        draft.answers = {**draft.answers, slug: typed}
        draft.version += seen is None
        draft.saved_at, draft.expires_at = at, at + timedelta(days=KEPT_DAYS)
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save()
        return True


def end_draft(held: Held, form: str = "short") -> None:
    """Deletes it: it was sent, or whoever wrote it does not want it any more."""
    with context.asking_with(held.key):
        ReferralDraft.objects.filter(reference=held.reference, form=form).delete()


def delete_expired(at: datetime) -> int:
    """Deletes every draft whose time is over. How many there were."""
    with context.as_engine():
        return ReferralDraft.objects.filter(expires_at__lte=at).delete()[0]


def pages_of(draft: ReferralDraft) -> Typed:
    """What was typed, page by page. Anything that is not of that shape is left out."""
    return {
        slug: {
            name: [str(value) for value in values]
            for name, values in page.items()
            if isinstance(name, str) and isinstance(values, list)
        }
        for slug, page in (draft.answers or {}).items()
        if isinstance(page, dict)
    }
