"""Of contacts the engine reads the first and the newest of each kind by index, however many there are.

The same columns say the same as before.
"""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0024_plan_answers")
_OLD = import_module("alongside.overview.migrations.0019_contacts")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# As the indexes of `keyworking_contact` say it, word by word, so that each is known to hold what is asked for.
_OURS = "t.reached and t.with_whom && array['young_person', 'family']::varchar(12)[]"
_SEEN = "t.reached and t.with_whom @> array['young_person']::varchar(12)[] and t.way in ('visit', 'meeting', 'video')"
_CURRENT = "not exists (select 1 from keyworking_contact later where later.supersedes_id = t.id)"


def _edge(which: str, condition: str) -> str:
    """The first (min) or the newest (max) time of such a contact: of each record of the person one row is read."""
    order = "" if which == "min" else " desc"
    return (
        f"(select {which}(x.at) from unnest(w.ids) as m(id) cross join lateral (select t.happened_at as at "
        f"from keyworking_contact t where t.person_id = m.id and {condition} and {_CURRENT} "
        f"order by t.happened_at{order} limit 1) x)"
    )


# `n`: the day on which the keyworker of now was named. `l`: the newest contact.
_SINCE_NAMED = f"{_OURS} and t.happened_at >= n.at"
_VISIT = f"{_SINCE_NAMED} and t.way = 'visit'"
_TRIES = (
    "(select count(*) from keyworking_contact t where t.person_id = any(w.ids) and not t.reached "
    f"and t.happened_at > coalesce(l.at, '-infinity') and {_CURRENT})"
)
_MADE = (
    "(select case when exists (select 1 from keyworking_contact t where t.person_id = any(w.ids)) then "
    f"(select json_build_array({_edge('min', _SINCE_NAMED)}, "
    f"{_edge('min', _VISIT)}, "
    f"l.at, {_edge('max', _SEEN)}, {_TRIES}) "
    f"from (select {_OLD._NAMED} as at offset 0) n, (select {_edge('max', _OURS)} as at offset 0) l) end)"
)
# `offset 0` keeps what is named once from being worked out wherever it is used.
_ONCE = f"{_OLD._APPOINTMENTS} as appointments"
READ_FACTS = _swapped(_BEFORE.READ_FACTS, _OLD._MADE, _MADE)
READ_FACTS = _swapped(READ_FACTS, f"{_ONCE}) c)", f"{_ONCE} offset 0) c)")


class Migration(migrations.Migration):
    dependencies = [("overview", "0024_plan_answers"), ("keyworking", "0006_contacts_found_by_index")]

    operations = [
        migrations.RunSQL("drop function overview_facts(bigint[], boolean)", migrations.RunSQL.noop),
        migrations.RunSQL(READ_FACTS, migrations.RunSQL.noop),
    ]
