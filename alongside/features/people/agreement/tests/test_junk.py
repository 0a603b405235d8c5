"""Anything typed into these pages is answered with a sentence and kept; nothing breaks, nothing is written."""

from typing import Any

from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.features.people.agreement.models import CapacityRecord
from alongside.features.people.agreement.tests.asking import add_mother, as_, who
from alongside.features.people.models import Consent
from alongside.foundation.access import context
from tests.cast import Area, add_registered

NAMES = [
    "basis", "decided_by", "decided_on-day", "decided_on-month", "decided_on-year", "evidence", "valid_until-year",
    "register", "register_not", "keyworking", "told", "ask_again_on-day", "what", "submission", "read", "set_aside",
    "relation-1", "actor-1_not", "about", "able", "assessor", "support_given", "review_date-year", "\x00", "x" * 300,
]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\x00", "yes", "but", "no", "9999999999", "-1", "<script>", "\ud7ff", "x" * 5000, "0", "𝟙"]),
)
SENT = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=3), max_size=12)
PAGES = ("agreement", "agreement/may", "agreement/known", "agreement/read-back", "agreement/stop", "capacity/add")


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(page=st.sampled_from(PAGES), sent=SENT, begun=st.booleans())
def test_junk_is_answered(northmoor: Area, page: str, sent: dict[str, list[str]], begun: bool) -> None:
    person, _ = add_registered(northmoor)
    add_mother(northmoor, person, responsible=False)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}"
    if begun:
        client.post(f"{url}/agreement", who())
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    written: Any = Consent.objects.exclude(basis="parental", evidence="")
    for way in (lambda: client.post(f"{url}/{page}", data.urlencode(), "application/x-www-form-urlencoded"),
                lambda: client.get(f"{url}/{page}"), lambda: client.get(f"{url}/agreement")):  # fmt: skip
        answer = way()
        assert answer.status_code in (200, 302, 422), (page, answer.status_code)
    with context.as_engine():
        assert not written.exists() and not CapacityRecord.objects.exists()
