"""A form being filled in, kept on the server. Whoever has its reference and code goes on with it, on any device.

The browser carries both in a sealed cookie; statements about the draft are asked with the key that they make, so that
the database itself shows this one draft and no other. Nothing here is recorded: nobody was told anything yet.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.features.referrals.codes import digest_of, key_of, new_code, new_reference
from alongside.features.referrals.forms_steps import Typed
from alongside.features.referrals.models import Channel, Referral, ReferralDraft
from alongside.foundation.access import context
from alongside.foundation.access.me import Me

#: Local default: no national figure was found. After so many days without a word a draft is deleted.
KEPT_DAYS = 28


@dataclass(frozen=True, slots=True)
class Held:
    """The reference and the code that somebody came with. An account opens its own by the reference alone."""

    reference: str
    code: str

    @property
    def key(self) -> str:
        return key_of(self.reference, self.code)

    def asking(self) -> AbstractContextManager[None]:
        """Statements inside are asked with the key; without a code as whoever is signed in."""
        return context.asking_with(self.key) if self.code else nullcontext()


def begin_draft(
    *, channel: str, at: datetime, icb_id: int | None = None, asked_by_id: int | None = None, form: str = "short"
) -> Held:
    """A new, empty draft. It already has the reference that the referral will have."""
    held = Held(new_reference(), new_code())
    known = {"channel": Channel(channel), "icb_id": icb_id, "asked_by_id": asked_by_id, "form": form}
    _create(held, at, code_digest=digest_of(held.key), answers={}, **known)
    return held


def begin_full_form(held: Held, referral: Referral, *, answers: Typed, at: datetime) -> ReferralDraft:
    """The draft of the full form of a referral, opened by what opens the referral; the one begun before."""
    return find_draft(held, at=at, form="full") or _create(
        held,
        at,
        form="full",
        channel=referral.channel,
        icb_id=referral.icb_id,
        asked_by_id=None if held.code else referral.asked_by_id,
        code_digest=referral.code_digest,
        answers=answers,
    )


def _create(held: Held, at: datetime, **known: Any) -> ReferralDraft:
    kept = {"begun_at": at, "saved_at": at, "expires_at": at + timedelta(days=KEPT_DAYS)}
    # What an account begins it begins in its own name.
    with nullcontext() if known["asked_by_id"] else held.asking():
        return ReferralDraft.objects.create(reference=held.reference, **kept, **known)


def find_draft(held: Held, *, at: datetime, form: str = "short") -> ReferralDraft | None:
    """The draft with this reference and code; None when there is none, or its time is over."""
    with held.asking():
        return ReferralDraft.objects.filter(reference=held.reference, form=form, expires_at__gt=at).first()


def list_own_drafts(me: Me, at: datetime) -> QuerySet[ReferralDraft]:
    """Short forms that this account began and has not sent, the last one typed in first."""
    rows = ReferralDraft.objects.filter(asked_by_id=me.id, form="short", expires_at__gt=at)
    return rows.order_by("-saved_at", "reference")


def take_up(me: Me, reference: str, at: datetime) -> Held | None:
    """One of one's own, on whatever device: it gets a new code, and the one that was given before opens it no more."""
    with transaction.atomic():
        draft = list_own_drafts(me, at).select_for_update().filter(reference=reference).first()
        if draft is None:
            return None
        held = Held(reference, new_code())
        draft.code_digest = digest_of(held.key)
        draft.save(update_fields=["code_digest"])
    return held


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
    with held.asking(), transaction.atomic():
        draft = (
            ReferralDraft.objects.select_for_update()
            .filter(reference=held.reference, form=form, expires_at__gt=at)
            .first()
        )
        if draft is None or (seen is not None and seen != draft.version):
            return False
        draft.answers = {**draft.answers, slug: typed}
        draft.version += seen is None
        # Where somebody stopped in the middle of a page: there they go on. A Continue ends the page.
        draft.step = "" if seen is None else slug
        draft.saved_at, draft.expires_at = at, at + timedelta(days=KEPT_DAYS)
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save()
        return True


def end_draft(held: Held, form: str = "short") -> None:
    """Deletes it: it was sent, or whoever wrote it does not want it any more."""
    with held.asking():
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


def name_in(draft: ReferralDraft) -> str:
    """Whom it is about, as far as it was typed."""
    them = pages_of(draft).get("them", {})
    return " ".join(word for name in ("given_name", "family_name") for word in them.get(name, [])).strip()
