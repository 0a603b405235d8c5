"""Whoever decides on a plan supervises in the area, and what is shared is what was approved, word by word."""

import json

from django.db import migrations

# As the parts stood when this was written; a new part, or one on another topic, needs these triggers anew.
TOPICS = {
    "story": 4,
    "matters": 4,
    "strengths": 15,
    "good": 4,
    "people": 5,
    "communication": 3,
    "early_signs": 6,
    "helps": 3,
    "formulation": 6,
    "gaps": 15,
    "crisis": 6,
    "step_down": 15,
}

WHAT_WAS_APPROVED = """
-- Sent, then decided: by whoever runs the register of the area that holds the person. Taking back is the sender's side.
create function public.plan_decided_in_area() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if tg_op = 'INSERT' and new.state <> 'waiting'
       or new.state in ('shared', 'returned') and tg_op = 'UPDATE' and old.state = 'waiting'
          and not access.runs_register(new.person_id) then
        raise exception 'A plan is decided on by those who supervise in the area, after it was sent.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger c_decided_in_area before insert or update on plans_planproposal for each row
    execute function public.plan_decided_in_area();

create function public.plan_as_approved() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if not access.runs_register(new.person_id) or not exists (
        select 1 from plans_planproposal s where s.id = new.proposal_id and s.person_id = new.person_id
          and (s.review_on, s.changed_words) = (new.review_on, new.changed_words)) then
        raise exception 'A plan is shared as it was approved, by those who supervise in the area.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger d_as_approved before insert on plans_planversion for each row
    execute function public.plan_as_approved();

-- Each part in its three faces as it was approved, and on its own topic: another would show it to others.
create function public.plan_part_as_approved() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare topics constant jsonb := 'TOPICS';
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if new.topic is distinct from (topics->>new.kind)::integer or not exists (
        select 1 from plans_planversion v join plans_planproposal s on s.id = v.proposal_id
        where v.id = new.version_id
          and (v.person_id, v.recorded_icb_id, v.recorded_by_id) =
              (new.person_id, new.recorded_icb_id, new.recorded_by_id)
          and coalesce(s.parts->new.kind->>'words', '') = new.words
          and coalesce(s.parts->new.kind->>'plain', '') = new.plain
          and coalesce(s.parts->new.kind->'easy', '[]') = new.easy) then
        raise exception 'A part of a plan is shared as it was approved.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger c_as_approved before insert on plans_planpart for each row
    execute function public.plan_part_as_approved();

-- Nothing that was approved is left out. Looked at when the transaction ends: the parts come after their version.
create function public.plan_is_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select 1 from plans_planversion v join plans_planproposal s on s.id = v.proposal_id,
                      jsonb_object_keys(s.parts) as kind
               where v.id = new.id and not exists (
                   select 1 from plans_planpart p where p.version_id = v.id and p.kind = kind.kind)) then
        raise exception 'A plan is shared with every part that was approved.' using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;
create constraint trigger z_is_whole after insert on plans_planversion deferrable initially deferred for each row
    execute function public.plan_is_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_why_not_asked")]

    operations = [
        migrations.RunSQL(WHAT_WAS_APPROVED.replace("'TOPICS'", f"'{json.dumps(TOPICS)}'"), migrations.RunSQL.noop)
    ]
