-- What must be captured may be asked by a supplier's, customer's or contract's rules too; an order may be for a contract.
alter table party add column rules jsonb;
alter table shop_order add column contract bigint;
alter table shop_order add column rules jsonb;
