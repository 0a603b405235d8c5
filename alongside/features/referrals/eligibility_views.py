"""The guide: four things, and what the local rules say of them. Keeps nothing and never closes the door."""

from django.http import HttpResponse

from alongside.features.referrals.eligibility import entry_rules_of
from alongside.features.referrals.forms_eligibility import GuideForm
from alongside.features.referrals.public_doors import draw, public
from alongside.features.referrals.public_queries import list_areas
from alongside.foundation import clock
from alongside.foundation.access.request import Request
from alongside.foundation.organisations.models import Organisation
from alongside.policy.eligibility import for_keyworker, for_register, in_one_sentence


@public
def check(request: Request) -> HttpResponse:
    """Asks and answers on one page. What is typed stands in no address and is not kept."""
    today = clock.today()
    areas = list_areas(today)
    form = GuideForm(request.POST if request.method == "POST" else None, areas=areas, today=today)
    context = {"form": form, "areas": areas}
    if not areas or not form.is_bound or not form.is_valid():
        return draw(request, "referrals/check.html", context, status=422 if form.is_bound else 200)
    icb = Organisation.objects.get(pk=form.area_id(areas))
    rules = entry_rules_of(icb)
    told = for_register(form.asked(), rules, today)
    context |= {
        "told": told,
        "sum": in_one_sentence(told),
        "keyworker": for_keyworker(form.asked(), rules, today),
        "area_name": icb.name,
    }
    return draw(request, "referrals/check.html", context, icb_id=icb.pk)
