"""`alongside allocate --icb CODE`: the best joint plan for an area's waiting list.

The last line on standard output is the summary as JSON. Nobody is named a keyworker by it: a person decides.
"""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.features.keyworking.proposing import SECONDS, Asked, ask_and_work_out, plan_for
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.policy.allocation import in_points


class Command(BaseCommand):
    help = "Proposes a keyworker for everybody on an area's waiting list; a person decides."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--icb", required=True, metavar="CODE", help="code of the ICB whose waiting list it is")
        parser.add_argument("--dry-run", action="store_true", help="work it out and write nothing")
        parser.add_argument("--json", action="store_true", dest="only_json", help="print the summary only")
        parser.add_argument("--seconds", type=float, default=SECONDS, help=f"how long to look for proof ({SECONDS})")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        with context.as_engine():
            icb = Organisation.objects.filter(kind="icb", code=options["icb"]).first()
            if icb is None:
                raise CommandError(f"There is no ICB with the code {options['icb']}.")
            if options["dry_run"]:
                found = plan_for(icb, at, seconds=options["seconds"])
            else:
                found = self._write(icb, at, options["seconds"])
        if not options["only_json"]:
            self._tell(found)
        self.stdout.write(json.dumps(summary_of(found)))

    def _write(self, icb: Organisation, at: datetime, seconds: float) -> Asked:
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        try:
            proposal, found = ask_and_work_out(icb, engine, at, seconds)
        except NotNow as problem:
            raise CommandError(problem.sentence) from None
        if found is None:
            raise CommandError("The worker took this plan. It will be shown on the page of the waiting list.")
        self.stderr.write(f"The plan waits for a decision at /keyworking/plans/{proposal.pk}.")
        return found

    def _tell(self, found: Asked) -> None:
        """By reference: what is printed may be kept anywhere."""
        names = {member.actor.pk: member.actor.name for member in found.team}
        for one in found.waiting:
            worker = found.plan.places[one.person_id]
            points = in_points(one.need.halves)
            whom = names[worker] if worker is not None else "still waits"
            self.stdout.write(f"{one.reference}, {one.colour or 'not rated'}, {one.days} days, {points}: {whom}")


def summary_of(found: Asked) -> dict[str, Any]:
    """What the last line says."""
    plan = found.plan
    return {
        "waiting": len(found.waiting),
        "keyworkers": len(found.team),
        "placed": plan.placed,
        "optimal": plan.optimal,
        "gap": round(plan.gap, 6),
        "seconds": round(plan.seconds, 2),
        "over_limit": found.over_limit,
        "untrained": found.untrained,
    }
