"""Opening the service of an ICB: its teams' inboxes."""

from datetime import date

from alongside.foundation.organisations.models import Organisation, Team


def open_service(icb: Organisation, *, on: date) -> dict[str, Team]:
    """The ICB's four team inboxes by kind, made where missing. Called inside `recording()`, as the engine."""
    teams = {team.kind: team for team in Team.objects.filter(icb=icb, closed_on=None)}
    for kind in Team.Kind:
        if kind.value not in teams:
            teams[kind.value] = Team.objects.create(icb=icb, kind=kind, name=kind.label, opened_on=on)
    return teams
