"""The answer page of the search box."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.people.models import Guard, Person
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.overview.register_list import words
from alongside.overview.register_list.finding import Found, find_off_register, find_people, is_searchable
from alongside.overview.register_list.views import PARTNERS, READS_LIST, shown_row


@for_roles(*READS_LIST, *PARTNERS)
def find(request: Request) -> HttpResponse:
    """Lists whoever fits. Sent by POST, what was searched for stands in no address and no log."""
    given = request.POST if request.method == "POST" else request.GET
    text = "".join(c for c in given.get("q", "") if c.isprintable()).strip()[:120]
    everybody = given.get("all") == "1"
    understood = is_searchable(text)
    found = Found([], [])
    if understood:
        partner = not request.me.holds(*READS_LIST)
        found = find_off_register(request.me, text) if everybody else find_people(request.me, text, one_by_one=partner)
    if found.person_ids:
        record_look(request.me, "search", found.person_ids, at=request.at)
    today = words.english_day(request.at)
    context = {
        "text": text,
        "understood": understood,
        "everybody": everybody,
        "rows": [shown_row(row, request.at, today) for row in found.rows],
        "people": [_shown(person, words.age_on(person.birth_date, today)) for person in found.people],
    }
    return render(request, "overview/found.html", context)


def _shown(person: Person, age: int | None) -> dict[str, object]:
    return {
        "name": person.shown_name or "Name not known",
        "reference": person.reference,
        "age": age,
        "unconfirmed": person.guard == Guard.REGISTER_TEAM,
    }
