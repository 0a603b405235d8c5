"""Where somebody goes on with a form they began."""

from django.urls import reverse

from alongside.features.referrals.drafts import pages_of
from alongside.features.referrals.forms_steps import Way, where_to_go_on
from alongside.features.referrals.models import ReferralDraft
from alongside.features.referrals.public_queries import list_areas
from alongside.foundation import clock


def address_to_go_on(way: Way, draft: ReferralDraft) -> str:
    """The page on which they stopped, else the first that is not finished, else the page with all answers."""
    today = clock.today()
    step = where_to_go_on(way, pages_of(draft), draft.step, today=today, areas=list_areas(today))
    return reverse("refer_page", args=[way.slug, step.slug]) if step else reverse("refer_answers", args=[way.slug])
