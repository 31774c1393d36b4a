-- What codes typed by hand must look like, and who may bring them into being.
alter table numbering add column format text;
alter table numbering add column creators jsonb;

-- Labels that were scanned and name nothing are found among the refused attempts.
create index attempt_by_code on attempt (org_id, code);
