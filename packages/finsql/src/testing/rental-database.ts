/** A small car rental whose words are not those of the people who ask about it. */
export const RENTAL_SQL = `
create table customer (
  cust_id integer primary key,
  first_name text,
  last_name text,
  email text,
  town text
);
create table branch (branch_id integer primary key, branch_name text, manager text, headcount integer);
create table veh (
  veh_id integer primary key,
  reg_no text,
  fuel text,
  mileage_km integer,
  weight_kg integer,
  branch_id integer references branch (branch_id)
);
create table rental (
  rental_id integer primary key,
  cust_id integer references customer (cust_id),
  veh_id integer references veh (veh_id),
  rental_date date,
  return_date date,
  paid_amt real,
  status text
);
create table complaint (
  complaint_id integer primary key,
  cust_id integer references customer (cust_id),
  complaint_date date,
  topic text
);
create table region (region_id integer primary key, region_name text, county text, population integer);
create table cash (cash_id integer primary key, branch_id integer references branch (branch_id), cash_type text, amt real);
create table programmes (programme_id integer primary key, programme_title text, open_year integer, colour text);

insert into customer values
  (1, 'Ann', 'Ash', 'ann@x.org', 'Bath'), (2, 'Bob', 'Beech', 'bob@x.org', 'Bath'), (3, 'Cy', 'Elm', null, 'Ely');
insert into branch values (1, 'Harbour', 'Tess Hay', 9), (2, 'Station', 'Ian Lee', 4);
insert into veh values
  (1, 'AA 11', 'Electric', 900, 1500, 1), (2, 'BB 22', 'Diesel', 5000, 1900, 1), (3, 'CC 33', 'Electric', 300, 1600, 2);
insert into rental values
  (1, 1, 1, '2023-02-01', '2023-02-03', 80, 'Completed'), (2, 1, 2, '2024-03-01', '2024-03-02', 60, 'Completed'),
  (3, 2, 3, '2024-05-01', null, 40, 'Rejected'), (4, 2, 1, '2024-06-01', null, 90, 'Cancelled');
insert into complaint values (1, 1, '2023-02-04', 'Dirt'), (2, 1, '2024-03-05', 'Noise');
insert into region values (1, 'Mendip', 'Somerset', 100), (2, 'Fenland', 'Rutland', 60), (3, 'Levels', 'Somerset', 20);
insert into cash values (1, 1, 'Deposit', 100), (2, 1, 'Withdrawal', 30), (3, 2, 'Deposit', 50);
insert into programmes values (1, 'Weekend', 2019, 'Red'), (2, 'Summer', 2021, 'Blue');
`;
