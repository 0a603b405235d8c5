-- Who looked at whom is written here and nowhere else: in one's own name, and now. Run by `settle` after functions.sql.

-- Which of these people whoever asks has to do with: reached as the person's own row is (`protection.PersonRows`), or
-- kept for, as information governance and as the keeper of what stays of closed records.
create or replace function access.concerned_with(ids bigint[]) returns bigint[]
language plpgsql stable security definer set search_path = public as $$
declare
    agreed bigint[] := access.areas(0); guarded bigint[] := access.areas(1); known bigint[] := access.people();
    kept bigint[] := access.custodian_areas(); governed bigint[] := access.governed_areas();
begin
    return (select coalesce(array_agg(p.id), '{}') from people_person p where p.id = any(ids) and (
        (p.guard = 0 and (p.icb_id = any(agreed) or p.held_by && agreed))
        or (p.guard <= 1 and (p.icb_id = any(guarded) or p.held_by && guarded))
        or p.id = any(known) or p.icb_id = any(governed) or p.held_by && governed
        or exists (select 1 from people_closedrecord c where c.person_id = p.id and c.icb_id = any(kept))));
end $$;

-- One row for a page, naming everybody on it. The moment lies in the sitting of whoever looks, or is now. A look that
-- names somebody out of reach is kept as it was asked for, and says so.
create or replace function audit.look(who bigint, page_ text, people bigint[], moment timestamptz, why_ text)
returns void language plpgsql volatile security definer set search_path = public as $$
declare apart text := '';
begin
    if not access.engine() then
        if who is distinct from access.actor() then
            raise exception 'Nobody looks in another''s name.' using errcode = 'insufficient_privilege';
        end if;
        if moment not between now() - interval '1 hour' and now() + interval '1 hour' and not exists (
            select 1 from access_accesskey k where k.ended_at is null
              and k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8'))
              and moment between k.opened_at - interval '1 hour' and k.opened_at + interval '24 hours') then
            raise exception 'A look is recorded when it happens.' using errcode = 'insufficient_privilege';
        end if;
        if not array_remove(people, 0) <@ access.concerned_with(people) then apart := 'Not all within reach. '; end if;
    end if;
    insert into recording_look (at, actor_id, page, person_ids, why)
    values (moment, who, page_, people, left(btrim(apart || why_), 200));
end $$;
