-- For how long after a change of lots what comes out may still hold the lot before (reels, coils, bars).
alter table item add column overlap_seconds bigint check (overlap_seconds >= 0);
alter table touch add column overlap_ms bigint;
