-- What people of other companies may see is found from their side: by the owner of a lot, and by the container it was shipped in.
-- Few lots have an owner, and few shipments containers, so captures hardly pay for either.
create index traceable_by_owner on traceable (org_id, owner, item) where owner is not null;
create index shipment_line_by_container on shipment_line (org_id, container) where container is not null;
