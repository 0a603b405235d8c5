"""How an area stands, in numbers for a senior officer: never a person. Read as the engine."""

from datetime import datetime

from django.db import connection

from alongside.features.hospital.models import Stay
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.overview.in_hospital.told_in_time import count_told
from alongside.policy.counting import local_day

#: What stands on the page, in the order of the statement.
WORDS = (
    "Rated red",
    "Rated red, without a review date",
    "Reviews in hospital over their limit",
    "Ready to leave hospital, and still there",
    "Notice on where they live, and no other place yet",
    "Open escalations",
    "Of these at level 3 or above",
    "Agreed actions that are late",
)
#: Counted by its rule, after the statement.
TOLD = "Admissions of the last 12 months of which the keyworker was told late, or not so far"

_SQL = """
with here as (select p.id from people_person p where p.icb_id = %(icb)s and p.guard = 0 and p.died_on is null
    and p.survivor_id is null),
due as (select d.person_id, d.doing, d.key, d.breach from overview_duty d where d.icb_id = %(icb)s and d.guard = 0
    and d.due < %(now)s and d.doing in ('plan_review_date', 'record_review')),
put as (select t.id, exists (select 1 from escalation_addressee d where d.escalation_id = t.id and d.level >= 3
      and d.from_at <= %(now)s and (d.to_at is null or d.to_at > %(now)s)) as high
    from escalation_escalation t join here h on h.id = t.person_id
    where t.recorded_icb_id = %(icb)s and t.state in ('open', 'returned', 'paused'))
select
    (select count(*) from overview_registerrow r join here h on h.id = r.person_id
     where r.icb_id = %(icb)s and r.colour = 'red'),
    (select count(distinct person_id) from due where doing = 'plan_review_date'),
    (select count(distinct person_id) from due where doing = 'record_review' and breach < %(now)s
     and (key like 'post_admission_review:%%' or key like 'inpatient_review:%%')),
    (select count(distinct d.person_id) from hospital_readyperiod d join here h on h.id = d.person_id
     where d.to_date is null and d.withdrawn_because = '' and d.from_date < %(today)s),
    (select count(distinct t.person_id) from concerns_placementnotice t join here h on h.id = t.person_id
     where t.closed_at is null and not exists (select 1 from concerns_placementnotice later
      where later.supersedes_id = t.id)),
    (select count(*) from put), (select count(*) from put where high),
    (select count(*) from actions_action a join here h on h.id = a.person_id where a.recorded_icb_id = %(icb)s
     and a.due_on < %(today)s and a.state in ('proposed', 'accepted', 'blocked', 'refused')
     and not exists (select 1 from actions_action later where later.supersedes_id = a.id))
"""


def count_area(icb_id: int, at: datetime) -> list[tuple[str, int]]:
    """(words, how many) of an area at a moment. A fixed number of statements."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, {"icb": icb_id, "now": at, "today": local_day(at)})
        counted = list(zip(WORDS, cursor.fetchone(), strict=True))
        code = Organisation.objects.values_list("code", flat=True).get(pk=icb_id)
        rows = Stay.objects.filter(person__guard=0, person__icb=icb_id)
        return [*counted, (TOLD, count_told(rows, code, at).late)]
