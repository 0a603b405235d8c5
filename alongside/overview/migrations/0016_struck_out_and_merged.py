"""A person's page shows what stands on records that were merged into theirs, and what was struck out as such.

What was about somebody else is left out of what happened. Events come with what they are about, so that something
wrong can be said of it.
"""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("alongside.overview.migrations.0012_backlog_apart")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_OF_THEM = (
    "from unnest(the_people) of_them(id) cross join lateral (select * from recording_event x "
    "where x.person_id = of_them.id and x.disposal_id is null and x.topic = any(the_all_topics) "
    "and not exists (select 1 from people_strikeout s where s.person_id = x.person_id and s.from_other "
    "and s.kind = x.subject and x.subject_id = any(s.row_ids)) "
    "order by x.happened_at desc, x.id desc limit the_events) t "
    "order by t.happened_at desc, t.id desc limit the_events) e)"
)
_STRUCK = (
    "e.by_name, e.detail, e.subject, e.subject_id, exists (select 1 from people_strikeout s "
    "where s.person_id = e.person_id and s.kind = e.subject and e.subject_id = any(s.row_ids)))"
)
READ_PAGE = _swapped(
    _BEFORE.READ_PAGE.replace(
        "where t.person_id = the_person and (t.topic", "where t.person_id = any(the_people) and (t.topic"
    ),
    "from recording_event t where t.person_id = the_person "
    "and t.disposal_id is null and t.topic = any(the_all_topics) "
    "order by t.happened_at desc, t.id desc limit the_events) e)",
    _OF_THEM,
)
READ_PAGE = _swapped(READ_PAGE, "(select * from unnest", "(select t.* from unnest")
READ_PAGE = _swapped(READ_PAGE, "e.by_name, e.detail)", _STRUCK)
READ_PAGE = _swapped(
    READ_PAGE,
    "$$ begin return",
    "$$ declare the_people bigint[] := array(select m.id from people_person m where m.id = the_person "
    "union all select m.id from people_person m where m.survivor_id = the_person); begin return",
)
_IDENTITY = {
    "offers": "select json_agg(json_build_array(m.id, o.name, m.offered_at, m.closed_at, m.closed_because) order by m.id) "
    "from people_moveoffer m join organisations_organisation o on o.id = m.to_icb_id "
    "where m.person_id = the_person and m.closed_how in ('', 'declined')",
    "merged": "select json_agg(json_build_array(m.id, p.reference, m.merged_at) order by m.id) from people_personmerge m "
    "join people_person p on p.id = m.merged_id where m.survivor_id = the_person and m.undone_at is null",
    "pairs": "select json_agg(json_build_array(d.id, p.reference) order by d.id) from people_possibleduplicate d "
    "join people_person p on p.id = d.first_id + d.second_id - the_person where d.state = 'open' "
    "and the_person in (d.first_id, d.second_id) and p.survivor_id is null",
    "numbers": "select json_agg(json_build_array(f.id, f.number, f.why) order by f.id) from people_formernumber f "
    "where f.person_id = any(the_people) and f.topic = any(the_topics) "
    "and not exists (select 1 from people_formernumber later where later.supersedes_id = f.id)",
}
READ_PAGE = _swapped(
    READ_PAGE, ", 'duties', ", "".join(f", '{name}', ({part})" for name, part in _IDENTITY.items()) + ", 'duties', "
)


class Migration(migrations.Migration):
    dependencies = [("overview", "0015_finding_and_counting"), ("people", "0008_striking_out")]

    operations = [migrations.RunSQL(READ_PAGE, _BEFORE.READ_PAGE)]
