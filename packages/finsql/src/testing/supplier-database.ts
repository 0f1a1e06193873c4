/** An energy supplier and a farm: codes that comments explain, months as numbers, keys that nobody declared. */
export const SUPPLIER_SQL = `
create table Customer (
  CustomerNo integer primary key,
  FullName text,
  Town text,
  CustType text, -- R = residential, B = business
  DirectDebit text -- Y/N
);
create table Meter (
  MeterId integer primary key,
  CustomerNo integer,
  Fuel text, -- E = electricity, G = gas
  Smart text, -- Y/N
  InstalledOn text
);
create table Reading (
  ReadingId integer primary key,
  MeterId integer,
  Period integer, -- YYYYMM
  Kwh integer,
  ReadType text /* A actual, E estimated */
);
create table Complaint (
  ComplaintId integer primary key,
  CustomerNo integer,
  Topic text,
  Warranty integer, /* 1 under warranty, 0 not */
  handler text -- Chief Executive Officer, Chief Risk Officer
);
create table crops (crop_code text, crop text);
create table deliveries (ticket_no integer, crop_code text, delivered_on date, tonnes real, staff_count integer);
create table machines (machine_no integer, machine text, bought integer, org_type text);
create table fee_item (fee_item_id integer primary key, item_name text, amount_cents integer);

insert into Customer values
  (1, 'Ash Ltd', 'Norwich', 'B', 'Y'), (2, 'Bea Moor', 'Norwich', 'R', 'N'), (3, 'Cox plc', 'Ely', 'B', 'N');
insert into Meter values
  (1, 1, 'E', 'Y', '2020-01-05'), (2, 1, 'G', 'N', '2021-03-05'), (3, 2, 'E', 'Y', '2022-06-01'),
  (4, 3, 'G', 'Y', '2024-02-01');
insert into Reading values
  (1, 1, 202403, 900, 'A'), (2, 1, 202406, 700, 'E'), (3, 3, 202403, 300, 'E'), (4, 4, 202412, 500, 'A');
insert into Complaint values 
  (1, 1, 'Smart meter', 1, 'Chief Executive Officer'), (2, 2, 'Billing', 0, 'Chief Risk Officer'),
  (3, 2, 'Smart meter', 0, 'Chief Executive Officer');
insert into crops values ('BA', 'barley'), ('WW', 'winter wheat');
insert into deliveries values
  (1, 'BA', '2023-08-01', 20, 2), (2, 'WW', '2024-08-02', 35, 3), (3, 'WW', '2024-08-09', 28, 1);
insert into machines values (1, 'baler', 2009, 'hired'), (2, 'seeder', 2015, 'own');
insert into fee_item values (1, 'Tuition', 90000), (2, 'Trip', 4500);
`;
