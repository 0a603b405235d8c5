"""Whether the audit is as it was written: intact, lawfully disposed of in part, or tampered with."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from alongside.foundation.access import context
from alongside.foundation.recording.seal import RootsUnusable, database, list_roots, read_roots

STORES = {"event": "what happened", "history": "what changed", "look": "who looked"}
# The newest link of each store may be on its way to the file.
ON_THEIR_WAY = len(STORES)
LISTED = 20


@dataclass
class Verdict:
    """What was found. `tampered` are sentences; `disposed` says which act emptied how many rows."""

    rows: dict[str, int] = field(default_factory=dict)
    seals: int = 0
    disposed: list[str] = field(default_factory=list)
    tampered: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.tampered:
            return "tampered"
        return "disposed" if self.disposed else "intact"


def verify_audit() -> Verdict:
    """Recomputes every digest and the chain, and compares the chain with the file outside the database."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute("select audit.verify(%s)", [LISTED])
        (answer,) = cursor.fetchone()
    found = json.loads(answer) if isinstance(answer, str) else answer
    verdict = Verdict()
    for store, words in STORES.items():
        _read_store(verdict, words, found["stores"][store])
    for disposal in found["disposals"]:
        _read_disposal(verdict, disposal)
    verdict.tampered += _differs_from_file()
    return verdict


def _read_store(verdict: Verdict, words: str, store: dict[str, Any]) -> None:
    verdict.rows[words] = store["rows"]
    verdict.seals += store["seals"]
    if store["changed"]:
        which = ", ".join(str(row) for row in store["first_changed"])
        more = f" and {store['changed'] - LISTED} more" if store["changed"] > LISTED else ""
        verdict.tampered.append(f"{words}: {store['changed']} rows are not as they were written: {which}{more}")
    for link in store["broken"]:
        verdict.tampered.append(f"{words}: {_broken(link)}")


def _broken(link: dict[str, int]) -> str:
    difference = link["sealed"] - link["there"]
    if difference > 0:
        return f"{difference} of the {link['sealed']} rows under seal {link['seal']} are missing"
    if difference < 0:
        return f"{-difference} rows were put among the {link['sealed']} under seal {link['seal']}"
    return f"seal {link['seal']} does not fit its {link['sealed']} rows or the seal before it"


def _read_disposal(verdict: Verdict, disposal: dict[str, Any]) -> None:
    words = STORES.get(disposal["store"], disposal["store"])
    if disposal["recorded"]:
        verdict.disposed.append(
            f"{words}: {disposal['rows']} rows, by {disposal['by']} on {disposal['at'][:10]}: {disposal['because']}"
        )
    else:
        verdict.tampered.append(f"{words}: disposal {disposal['id']} is not what its own act recorded")


def _differs_from_file() -> list[str]:
    path = settings.AUDIT_ROOTS
    chain = {root.seal: root for root in list_roots()}
    try:
        outside = {root.seal: root for root in read_roots(path, database())}
    except RootsUnusable as problem:
        return [str(problem)]
    differing = sorted(seal for seal, root in outside.items() if chain.get(seal) != root)
    missing = sorted(set(chain) - set(outside))
    found = []
    if differing:
        found.append(f"the chain is not the one that {path} has, from seal {differing[0]} on")
    if len(missing) > ON_THEIR_WAY or any(seal < max(outside, default=0) for seal in missing):
        found.append(f"{len(missing)} seals are not in {path}, the first is {missing[0]}")
    return found
