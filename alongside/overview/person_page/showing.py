"""From what was read to what is shown: plain dictionaries in the words of the page. Nothing here asks the database."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.text import STATE_TAG
from alongside.features.keyworking.models import Allocation
from alongside.features.people.documents.text import LABELS, OWN, OWN_PICTURE
from alongside.features.people.identity.kinds import KINDS
from alongside.features.people.models import Belonging, Circumstance, Consent, Diagnosis
from alongside.features.reviews.models import Review
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day, plural
from alongside.overview.own_steps import instead_of
from alongside.overview.register_list.words import age_on, english_day
from alongside.overview.text import BUTTON

Row = list[Any]
#: What is due within this time stands open on the page.
SOON = timedelta(days=28)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def a_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def now_true(first: str | None, last: str | None, today: date) -> bool:
    """Whether a dated fact is true today."""
    return (not first or date.fromisoformat(first) <= today) and (not last or date.fromisoformat(last) >= today)


def age_words(birth_date: date | None, today: date) -> str:
    age = age_on(birth_date, today)
    return "" if age is None else plural(age, "year") + " old"


def talk_sentences(person: Any, rows: list[Row]) -> list[str]:
    """How to talk with the person, from the newest row; and their language."""
    said: list[str] = []
    if rows:
        _, _, best, avoid, helps, adjustments, by, _ = rows[-1]
        labels = [("", best), ("What helps: ", helps), ("Please avoid: ", avoid)]
        labels += [("Adjustments: ", adjustments), ("How to get in touch: ", by)]
        said += [f"{label}{_sentence(text)}" for label, text in labels if text]
    if person.first_language:
        said.append(f"First language: {person.first_language}.")
    if person.interpreter:
        said.append("Needs an interpreter.")
    return said


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def duties(rows: list[Row], now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Cards by when they are due: now (late, or due within 28 days; at least one), later, and the backlog apart.

    `rows` come in the order of their due dates. The backlog is what was late at a first import.
    """
    found: dict[str, list[dict[str, Any]]] = {"now": [], "later": [], "backlog": []}
    for row in rows:
        card = _duty(row, now)
        if card["apart"]:
            found["backlog"].append(card)
        else:
            found["later" if card["state"] == "later" and found["now"] else "now"].append(card)
    return found


def _duty(row: Row, now: datetime) -> dict[str, Any]:
    pk, _, what, because, source, certainty, local, _, due, _, timed, doing, owner, backlog, rule_key, late_from = row
    due_at = datetime.fromisoformat(due)
    state = "late" if now > due_at else "due" if due_at <= now + SOON else "later"
    return {
        "id": pk,
        "what": what,
        "because": because,
        "source": source,
        "rule_url": f"/rules#{rule_key}",
        "note": "Local default" if local else "Not certain" if certainty in ("P", "G") else "",
        "due": due_at,
        "timed": timed,
        "owner": owner or "nobody yet",
        "state": state,
        "apart": state == "late" and (late_from is None or now <= datetime.fromisoformat(late_from)),
        "button": BUTTON.get(doing, "Do it"),
        "stands": bool(instead_of(doing, rule_key)),
        "backlog_on": a_day(backlog),
    }


def around(parts: dict[str, Any], today: date) -> dict[str, list[dict[str, Any]]]:
    """Keyworkers, family and professionals who are there now."""
    workers = [
        {"id": row[0], "name": row[5], "role": Allocation.Part(row[4]).label, "reach": _from_to(row[2], row[3], today)}
        for row in parts["allocations"]
        if not row[3] or date.fromisoformat(row[3]) > today
    ]
    return {
        "workers": sorted(workers, key=lambda w: w["role"] != "Keyworker"),
        "relations": [_relation(row) for row in parts["relations"] if now_true(None, row[3], today)],
        "professionals": [
            {"id": row[0], "name": row[4], "role": _joined(row[5], row[6]), "reach": row[7]}
            for row in parts["professionals"]
            if now_true(None, row[3], today)
        ],
    }


def keyworker(workers: list[dict[str, Any]], parts: dict[str, Any], icb_id: int, today: date) -> str:
    """Who it is; or, after a move, who was named by this area and begins on a day that has not come. '' for nobody."""
    for worker in workers:
        if worker["role"] == Allocation.Part.DESIGNATED.label:
            return str(worker["name"])
    for _, _, named, starts_on, accepted_on, to_icb in parts["begins"][-1:]:
        since = any(date.fromisoformat(row[2]) >= date.fromisoformat(accepted_on) for row in parts["allocations"])
        if to_icb == icb_id and not since:
            begins = date.fromisoformat(starts_on)
            return f"{named} {'begins' if begins > today else 'was to begin'} on {day(begins)}"
    return ""


def _since(text: str | None) -> str:
    return f"since {day(a_day(text))}" if text else ""


def _from_to(first: str | None, ends: str | None, today: date) -> str:
    """'since 3 May 2026', or 'from' a day that has not come; until the last day where the end is known."""
    begins = a_day(first)
    said = f"{'from' if begins > today else 'since'} {day(begins)}" if begins else ""
    return f"{said} until {day(date.fromisoformat(ends) - timedelta(days=1))}".strip() if ends else said


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def _relation(row: Row) -> dict[str, Any]:
    pk, _, _, _, name, relationship, responsible, limits, safe, phone, email, main = row
    role = _joined(
        relationship,
        "has parental responsibility" if responsible else "no parental responsibility" if responsible is False else "",
        "main contact" if main else "",
    )
    return {"id": pk, "name": name, "role": role, "reach": _joined(phone, email), "limits": limits, "safe": safe}


def circumstances(rows: list[Row], today: date) -> dict[str, list[dict[str, Any]]]:
    """How the person lives now; other risks apart; and what was so before."""
    found: dict[str, list[dict[str, Any]]] = {"now": [], "risks": [], "before": []}
    for pk, _, first, last, kind, detail in rows:
        shown = {
            "id": pk,
            "label": Circumstance.Kind(kind).label,
            "detail": detail,
            "since": _since(first),
            "until": f"until {day(a_day(last))}" if last else "",
        }
        if not now_true(None, last, today):
            found["before"].append(shown)
        else:
            found["risks" if kind.startswith("risk_") else "now"].append(shown)
    return found


def living(parts: dict[str, Any], today: date) -> list[dict[str, str]]:
    """Where they live, learn and belong, and what is diagnosed, as rows of a list."""
    kinds = {"home": "Home", "current": "Living now at"}
    rows = [
        {"key": kinds[kind], "value": _joined(lines, postcode)}
        for _, _, _, last, kind, lines, postcode in parts["addresses"]
        if now_true(None, last, today)
    ]
    rows += [
        {"key": Belonging.Kind(kind).label, "value": name}
        for _, _, _, last, kind, name in parts["belongings"]
        if now_true(None, last, today)
    ]
    rows += [
        {"key": Diagnosis.Kind(kind).label, "value": _joined(Diagnosis.Basis(basis).label, day(a_day(on)))}
        for _, _, kind, basis, on in parts["diagnoses"]
    ]
    return rows


def consents(rows: list[Row]) -> list[dict[str, Any]]:
    """The newest answer for each purpose, in the order of the purposes."""
    latest = {row[2]: row for row in rows}
    return [
        {
            "purpose": label,
            "answer": Consent.Answer(row[3]).label,
            "given": row[3] == "given",
            "basis": Consent.Basis(row[4]).label if row[4] != "not_stated" else "",
            "by": row[5],
            "on": a_day(row[6]),
            "until": a_day(row[7]),
            "evidence": row[8],
            "evidenced": row[9],
        }
        for purpose, label in Consent.Purpose.choices
        if (row := latest.get(purpose))
    ]


def documents(rows: list[Row], reference: str) -> dict[str, list[dict[str, Any]]]:
    """Documents, the newest first; their own pictures and recordings apart, to stand with their own words."""
    found: dict[str, list[dict[str, Any]]] = {"documents": [], "own_files": []}
    for pk, _, title, kind, at in reversed(rows):
        url = f"/people/{reference}/documents/{pk}"
        shown = {"title": title, "kind": LABELS.get(kind, "Document"), "on": moment(at), "url": url}
        shown["picture"] = kind == OWN_PICTURE
        found["own_files" if kind in OWN else "documents"].append(shown)
    return found


def imported(rows: list[Row]) -> list[dict[str, Any]]:
    """Texts of imported sheets that have no place of their own, as they stood."""
    return [{"on": moment(row[3]), "texts": _texts(row[2])} for row in rows]


def _texts(texts: Any) -> list[tuple[str, str]]:
    if isinstance(texts, dict):
        return [(str(key), str(value)) for key, value in texts.items()]
    if isinstance(texts, list):
        return [tuple(map(str, pair[:2])) if isinstance(pair, list) else ("", str(pair)) for pair in texts]  # type: ignore[misc]
    return [("", str(texts))]


def happened(rows: Iterable[Row], page_url: str = "") -> list[dict[str, Any]]:
    """Events as the timeline shows them. With the address of a page that may be changed, each fact can be put right."""
    return [
        {
            "what": words,
            "at": _when(at),
            "by": by,
            "text": str((detail or {}).get("because", "")),
            "struck": struck,
            "wrong_url": f"{page_url}/{subject}/{number}/wrong" if page_url and subject in KINDS and not struck else "",
        }
        for _, _, words, _, at, by, detail, subject, number, struck in rows
    ]


def _when(text: str) -> datetime | date:
    """A moment; or the day alone where no more is known, as of what an imported sheet dates."""
    at = datetime.fromisoformat(text).astimezone(LONDON)
    return at if at.timetz().replace(tzinfo=None) != time() else at.date()


def actions(rows: list[Row], today: date) -> list[dict[str, Any]]:
    """What was agreed and is open, the earliest due first; what nobody answered, or is stuck, on top."""
    found = [
        {
            "number": number,
            "what": what,
            "owner": _joined(owner, organisation),
            "due": a_day(due),
            "state": Action.State(state).label,
            "tag": STATE_TAG[Action.State(state)],
            "late": state not in ("said_done", "disputed") and date.fromisoformat(due) < today,
            "times": times,
            "money": waits_for == Action.WaitsFor.MONEY,
            "first": state in ("proposed", "refused", "blocked", "disputed"),
        }
        for _, _, number, what, owner, organisation, due, state, times, waits_for in rows
    ]
    return sorted(found, key=lambda one: (not one["late"], not one["first"]))


def today_of(now: datetime) -> date:
    return english_day(now)


def reviews(rows: list[Row]) -> list[dict[str, Any]]:
    """Reviews that were held, the newest first."""
    return [{"what": Review.Kind(row[2]).label, "at": moment(row[3]), "text": row[4]} for row in rows]
