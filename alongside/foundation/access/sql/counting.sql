-- Counts of registers for roles that see numbers and never a person. Run by `settle` after functions.sql.
-- Counted with the owner's eyes for the areas in which the asker holds such a role (a region stands for its ICBs), each
-- with those it took over. Every register and colour is always told, and below the least none is told from one or four:
-- otherwise the first person on a list would be seen coming.
create or replace function overview_counts(smallest integer)
returns table (name text, listing text, colour text, people bigint)
language plpgsql stable security definer set search_path = public as $$
begin
    return query
    with recursive mine as (
        select o.id, o.name::text as area from accounts_roleheld r
        join access_reach a on a.role = r.role and a.reach = 'counts'
        join organisations_organisation o on o.id = r.area_id or o.region_id = r.area_id
        where r.actor_id = access.actor() and o.kind = 'icb'
          and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today())
        union
        select o.id, (o.name || ' (taken over)')::text from organisations_succession s
        join mine m on m.id = s.successor_id join organisations_organisation o on o.id = s.predecessor_id
        where s.undone_at is null and s.whole and s.on_date <= access.today()),
    named as (select m.id, min(m.area) as area from mine m group by 1),
    counted as (
        select t.icb_id, t.listing::text as list, t.colour::text as shade, count(*) as many
        from overview_registerrow t where t.icb_id in (select n.id from named n) group by 1, 2, 3)
    select n.area, l.list, s.shade, case when c.many >= greatest(smallest, 5) then c.many end
    from named n cross join (values ('child'), ('adult')) l(list)
    cross join (values ('red'), ('amber'), ('green'), ('blue'), ('')) s(shade)
    left join counted c on c.icb_id = n.id and c.list = l.list and c.shade = s.shade
    order by 1, 2 desc, 3;
end $$;
