"""The pool of panel members of an area: who may sit on which day. Each operation is called inside `recording()`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from alongside.features.reviews.holding.report import rules_of
from alongside.features.reviews.models import Expert, ModuleDone, PanelMember, PanelModule
from alongside.features.reviews.organising.access import check_runs
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.policy.duties.experts import module_last_day
from alongside.policy.planned_reviews import Fitness, why_not

#: What is due about an expert is one matter.
MATTER = "review_expert"


def list_experts(me: Me, icb_id: int, on: date) -> list[Expert]:
    """The pool of the area on a day with their modules, in three statements at most. Their last day counts as in it."""
    if icb_id not in me.agreed:
        return []
    return list(with_modules(Expert.objects.filter(_in_pool(on), icb=icb_id)).order_by("part", "name", "pk"))


def list_left(me: Me, icb_id: int, on: date) -> list[Expert]:
    """Whoever left the pool of the area before a day, the last one first."""
    if icb_id not in me.agreed:
        return []
    return list(Expert.objects.filter(icb=icb_id, ended_on__lt=on).order_by("-ended_on", "name", "pk")[:200])


def _in_pool(on: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=on)


def with_modules(rows: QuerySet[Expert]) -> QuerySet[Expert]:
    done = ModuleDone.objects.order_by("pk")
    return rows.prefetch_related(Prefetch("modules", queryset=done))


def list_modules(icb_id: int) -> list[PanelModule]:
    return _with_last_days(PanelModule.objects.filter(icb=icb_id).order_by("-released_on", "pk"))


def _with_last_days(rows: QuerySet[PanelModule]) -> list[PanelModule]:
    """Each with the last day on which whoever sat when it was released does it, as the rule of their area says."""
    modules = list(rows.select_related("icb"))
    rules = {one.icb.code: rules_of(one.icb.code) for one in modules}
    for one in modules:
        one.last_day = module_last_day(one.released_on, *rules[one.icb.code])
    return modules


def module_due(expert: Expert, module: PanelModule) -> date:
    """The last day for a module of `list_modules`: before the first panel for whoever starts after it, else its own."""
    if expert.started_on >= module.released_on:
        return expert.started_on
    return module.last_day


def fitness_of(expert: Expert, modules: list[PanelModule], on: date) -> Fitness:
    """What the rules are told about an expert. modules: those of their area."""
    done = {row.module_id for row in expert.modules.all() if row.done_on <= on}
    overdue = [
        one.title
        for one in modules
        if one.pk not in done and one.released_on <= on and module_due(expert, one) < max(on, expert.started_on)
    ]
    return Fitness(
        part=expert.part,
        started_on=expert.started_on,
        trained_on=expert.trained_on,
        checked_until=expert.checked_until,
        registration=expert.registration,
        registered_until=expert.registered_until,
        ended_on=expert.ended_on,
        overdue_modules=tuple(overdue),
    )


def why_not_on(expert: Expert, on: date) -> tuple[str, ...]:
    """Why they can't sit on a panel on a day; nothing when they can."""
    return why_not(fitness_of(expert, list_modules(expert.icb_id), on), on)


def unfit_on(members: Iterable[PanelMember], on: date) -> dict[int, tuple[str, ...]]:
    """Of members of a panel from the pool, by their number: why they can't sit on that day. Three statements at most.

    They could when they were seated; then a day moved, or something ran out.
    """
    seated = {one.expert_id: one.pk for one in members if one.expert_id}
    if not seated:
        return {}
    experts = list(with_modules(Expert.objects.filter(pk__in=seated)))
    modules = _with_last_days(PanelModule.objects.filter(icb__in={one.icb_id for one in experts}))
    found = {}
    for one in experts:
        own = [module for module in modules if module.icb_id == one.icb_id]
        found[seated[one.pk]] = why_not(fitness_of(one, own, on), on)
    return {number: reasons for number, reasons in found.items() if reasons}


def add_expert(note: Notes, *, icb_id: int, by: Me, **values: Any) -> Expert:
    """Adds somebody to the pool. They can be seated once their training, checks and registration stand."""
    check_runs(by, icb_id)
    expert = Expert.objects.create(icb_id=icb_id, added_by_id=by.id, added_at=note.at, **values)
    _said(note, expert, "expert.added", f"{expert.name} was added to those who sit on review panels.")
    return expert


def change_expert(note: Notes, *, expert: Expert, by: Me, **values: Any) -> Expert:
    """What is known of them now: training, checks, registration, what they need."""
    check_runs(by, expert.icb_id)
    for name, value in values.items():
        setattr(expert, name, value)
    expert.save(update_fields=list(values))
    _said(note, expert, "expert.changed", f"What is known of {expert.name} as a panel member was changed.")
    return expert


def release_module(note: Notes, *, icb_id: int, title: str, released_on: date, by: Me) -> PanelModule:
    """A new module: those who sit already have some months for it (row 57)."""
    check_runs(by, icb_id)
    if PanelModule.objects.filter(icb=icb_id, title__iexact=title).exists():
        raise NotNow("known", "There is a module with this name already.")
    module = PanelModule.objects.create(icb_id=icb_id, title=title, released_on=released_on, added_by_id=by.id)
    note("panel_module.released", words=f"A training module for panel members was added: {title}.", icb_id=icb_id)
    for number in Expert.objects.filter(icb=icb_id).values_list("pk", flat=True):
        note.matter(MATTER, number)
    return module


def say_module_done(note: Notes, *, expert: Expert, module: PanelModule, done_on: date, by: Me) -> None:
    check_runs(by, expert.icb_id)
    _, made = ModuleDone.objects.get_or_create(
        expert=expert, module=module, defaults={"icb_id": expert.icb_id, "done_on": done_on, "added_by_id": by.id}
    )
    if not made:
        raise NotNow("done", "That they did this module is written down already.")
    _said(note, expert, "expert.trained", f"{expert.name} did the module {module.title}.")


def _said(note: Notes, expert: Expert, code: str, words: str) -> None:
    note(code, words=words, icb_id=expert.icb_id, subject="expert", subject_id=expert.pk)
    note.matter(MATTER, expert.pk)
