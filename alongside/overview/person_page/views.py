"""A person's page and their timeline."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.actions.access import may_agree
from alongside.features.concerns.access import FOLLOWS
from alongside.features.concerns.access import TOPICS as CARE
from alongside.features.concerns.queries import open_lines
from alongside.features.emergency.access import may_write as may_write_emergency
from alongside.features.hospital.text import stay_words
from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.people.agreement.closed import or_closed
from alongside.features.people.identity.kinds import KINDS
from alongside.features.people.models import Guard
from alongside.features.people.queries import Reach, find_survivor, may_identify, reach_person
from alongside.features.register.access import may_rate, may_run_register
from alongside.features.reviews.organising.access import READS as READS_REVIEWS
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic
from alongside.overview.engine.rulesets import ruleset_for
from alongside.overview.guarded.whom_to_ring import is_open_in_emergency, list_whom_to_ring
from alongside.overview.person_page import identity, showing, standing
from alongside.overview.person_page.reading import EVENTS, NEWEST, read_everything, read_timeline
from alongside.overview.register_list.views import PARTNERS, READS_LIST

SECTIONS = {
    "communication": (Topic.COMMUNICATION,),
    "own_words": (Topic.OWN_WORDS,),
    "register": (Topic.REGISTER,),
    "keyworker": (Topic.KEYWORKING,),
    "around": (Topic.FAMILY, Topic.KEYWORKING),
    "living": (Topic.CONTACT, Topic.EDUCATION, Topic.HEALTH, Topic.SOCIAL_CARE, Topic.PLACEMENT),
    "hospital": (Topic.HOSPITAL,),
    "agreement": (Topic.AGREEMENT,),
}
PRINTED_EVENTS = 200


@for_roles(*READS_LIST, *PARTNERS)
@or_closed
def person(request: Request, reference: str) -> HttpResponse:
    """Who they are and how to talk with them; what is due; the rating; who is around; what happened."""
    me, now = request.me, request.at
    reach = _reach(request, reference)
    if survivor := find_survivor(me, reach.person):
        return redirect("person", reference=survivor.reference)
    parts = read_everything(me, reach, now)
    record_look(me, "person", [reach.person.pk], at=now)
    return render(request, "overview/person.html", _shown(request, reach, parts))


def _reach(request: Request, reference: str) -> Reach:
    reach = reach_person(request.me, reference)
    if reach is None:
        raise Http404
    return reach


def _shown(request: Request, reach: Reach, parts: dict[str, Any]) -> dict[str, Any]:
    me, now, person = request.me, request.at, reach.person
    today = showing.today_of(now)
    register = standing.entries(parts["entries"], now)
    near = showing.around(parts, today)
    if not near["workers"] and is_open_in_emergency(request.me, person):
        near["workers"] = list_whom_to_ring(person, today)
    return {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "today": today,
        "writes": reach.writes,
        "may_identify": may_identify(request.me, reach),
        "may_tell": request.me.holds(*PARTNERS) and not reach.own_past,
        "sees": {name: reach.sees(topics) for name, topics in SECTIONS.items()},
        "hidden": sorted(Topic(t).label for t in set(Topic.values) - reach.topics) if not reach.own_past else [],
        "own_past": reach.own_past,
        "restricted": person.guard == Guard.RESTRICTED,
        "unconfirmed": person.guard == Guard.REGISTER_TEAM,
        "age": showing.age_words(person.birth_date, today),
        "talk": showing.talk_sentences(person, parts["communication"]),
        "own_words": [{"words": r[2], "how": r[3], "on": showing.moment(r[4])} for r in reversed(parts["own_words"])],
        "duties": showing.duties(parts["duties"], now),
        "register": register,
        "entry": register["open"][0] if register["open"] else None,
        "demanded": standing.demanded_rating(
            [(row[0], row[2], row[5], row[6], row[11]) for row in parts["stays"]],
            ruleset_for(person.icb.code, parts["rules_version"]),
            now,
        ),
        "may_rate": {entry["id"]: may_rate(request.me, entry["icb_id"]) for entry in register["open"]},
        "may_run": may_run_register(request.me, person.icb_id),
        "views": [{"colour": row[2], "by": row[3], "at": showing.moment(row[4])} for row in parts["views"]],
        "near": near,
        "emergencies": may_write_emergency(me, reach),
        "reviews_page": reach.sees((Topic.REVIEW,)) and request.me.holds(*READS_REVIEWS) and not reach.own_past,
        "contacts": request.me.holds(*SEES_TEAM) and reach.sees((Topic.KEYWORKING,)),
        "ring": dict(zip(("who", "phone", "arrangement"), parts["ring"], strict=False)),
        "keyworker": showing.keyworker(near["workers"], parts, person.icb_id, today),
        "circumstances": showing.circumstances(parts["circumstances"], today),
        "living": showing.living(parts, today),
        "stays": [stay_words(row) for row in parts["stays"]],
        "reviews": showing.reviews(parts["reviews"]),
        "actions": showing.actions(parts["actions"], today),
        "may_agree": may_agree(me, reach),
        "care": open_lines(parts["followed"]) if me.holds(*FOLLOWS) and reach.sees(CARE) else None,
        "consents": showing.consents(parts["consents"]),
        "imported": showing.imported(parts["imported"]),
        **showing.documents(parts["documents"], person.reference),
        **identity.lines(parts, request.me, person),
        "happened": showing.happened(parts["events"][:NEWEST], f"/people/{person.reference}" if reach.writes else ""),
        "older": len(parts["events"]) > NEWEST,
    }


@for_roles(*READS_LIST, *PARTNERS)
def timeline(request: Request, reference: str) -> HttpResponse:
    """Everything that happened, newest first, by topic; older by key; whole for print; or what can be put right."""
    reach = _reach(request, reference)
    wrong = request.GET.get("wrong") == "1" and reach.writes
    topic = _topic(request.GET.get("topic", ""))
    place = _place(request.GET.get("before", ""))
    most = PRINTED_EVENTS if request.GET.get("print") == "1" else EVENTS
    kinds = tuple(KINDS) if wrong else ()
    events = read_timeline(request.me, reach, topic=topic, before=place, most=most, kinds=kinds)
    record_look(request.me, "timeline", [reach.person.pk], at=request.at)
    last = events[most - 1] if len(events) > most else None
    page_url = f"/people/{reach.person.reference}"
    context = {
        "person": reach.person,
        "page_url": page_url,
        "topic": topic,
        "topics": [(t.value, t.label) for t in Topic if t in reach.topics],
        "happened": showing.happened(events[:most], page_url if reach.writes else ""),
        "older": f"{last[4]}~{last[0]}" if last else "",
        "first_page": place is None,
        "most": most,
        "wrong": wrong,
    }
    return render(request, "overview/timeline.html", context)


def _topic(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) in Topic.values else None


def _place(text: str) -> tuple[datetime, int] | None:
    """A place on the timeline as the page before gave it; anything else begins at the newest."""
    when, _, number = text.partition("~")
    try:
        at = datetime.fromisoformat(when.replace(" ", "+"))
    except ValueError:
        return None
    if at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return at, int(number)
