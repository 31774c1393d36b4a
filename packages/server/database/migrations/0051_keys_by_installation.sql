-- One database may have been sealed by several installations: a data folder was lost and a new one begun, or a copy of the
-- program runs beside. Each has its own keys, in its own order. Its name is the first line of the notes, up to the slash.
alter table checkpoint_key
  add column installation text not null generated always as (split_part(note, '/', 1)) stored;
alter table checkpoint_key drop constraint checkpoint_key_ordinal_key;
alter table checkpoint_key drop constraint checkpoint_key_pkey;
alter table checkpoint_key add primary key (installation, ordinal);
