"""What ends with a discharge or a death: the hospital's access to the record, and nights that are counted."""

from collections.abc import Callable

from alongside.features.hospital.models import ReadyPeriod, Stay
from alongside.features.people.ended import list_ended
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import Calendar, day_in_words, local_day
from alongside.policy.duties.discharging import ward_access_ends
from alongside.policy.rules import Ruleset

_rules: Callable[[str], tuple[Ruleset, Calendar]] | None = None


def rules_from(rules: Callable[[str], tuple[Ruleset, Calendar]]) -> None:
    """Whoever knows an area's rules is told once, by `config/wiring.py`."""
    global _rules
    _rules = rules


def end_ward_access(notes: Notes) -> None:
    """Same transaction, as the engine: whoever works with them for the hospital reads until so long after they left."""
    for event in list(notes.events):
        if event.code == "stay.discharged" and (event.detail or {}).get("mental_health"):
            _end_access(notes, event)


def _end_access(notes: Notes, event: Event) -> None:
    stay = Stay.objects.select_related("person__icb").get(pk=event.subject_id or 0)
    if stay.discharged_at is None:
        return
    if _rules is None:
        raise RuntimeError("Nobody said where the rules are: see config/wiring.py.")
    until = max(ward_access_ends(stay.discharged_at, *_rules(stay.person.icb.code)), notes.at)
    places = {name.lower() for name in stay.wardstay_rows.values_list("place_name", flat=True)} | {
        stay.place_name.lower()
    }
    linked = Involvement.objects.filter(
        person_id__in={stay.person_id, event.person_id},
        because=Involvement.Because.LINK,
        to_at=None,
        from_at__lte=until,
    )
    for one in linked.select_related("actor__organisation"):
        if _is_of(one.actor, stay, places):
            Involvement.objects.filter(pk=one.pk).update(to_at=until)
            notes(
                "involvement.ends",
                words=f"{one.actor.name} reads this record until {day_in_words(local_day(until))}: they left hospital.",
                person_id=stay.person_id,
                icb_id=stay.person.icb_id,
                topic=Topic.AGREEMENT,
                subject="involvement",
                subject_id=one.pk,
            )


def _is_of(actor: Actor, stay: Stay, places: set[str]) -> bool:
    """Whether somebody works at the hospital itself; the same trust's community team has another name."""
    place = actor.organisation
    return place is not None and (place.pk == stay.organisation_id or place.name.lower() in places)


def end_with_the_record(notes: Notes) -> None:
    """Same transaction, as the engine: no night counts after a death or after a record is closed."""
    for ended in list_ended(notes):
        last = ended.person.died_on or local_day(notes.at)
        for period in ReadyPeriod.objects.filter(ended.rows, to_date=None, withdrawn_because=""):
            period.to_date = max(last, period.from_date)
            period.save(update_fields=["to_date"])
            notes.of("ready.ended", period, words="A time of being ready and still in hospital has ended.")
