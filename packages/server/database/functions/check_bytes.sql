-- After an insert of event bytes: each has its place in the chain, and its leaf is SHA-256(0x00 || bytes) (RFC 6962, 2.1).
create or replace function check_bytes() returns trigger language plpgsql set search_path from current as $$
declare
  broken record;
begin
  select a.org_id, a.position into broken
    from added a
    left join ledger_leaf l on l.org_id = a.org_id and l.position = a.position
   where l.leaf is distinct from sha256('\x00'::bytea || a.bytes)
   order by a.org_id, a.position
   limit 1;
  if found then
    raise exception 'the bytes at position % of ledger % are not those of its leaf', broken.position, broken.org_id
      using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
