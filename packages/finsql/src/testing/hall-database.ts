/** Halls that guests book, and books that are sold in them: what is absent, compounds, codes given once in the world. */
export const HALL_SQL = `
create table curators (curator_id integer primary key, curator_name text, agency text, advance_cents integer);
create table halls (
  hall_id integer primary key,
  hall_name text,
  seats integer,
  built integer,
  bookings_open integer,
  curator_id integer references curators (curator_id)
);
create table guests (guest_id integer primary key, guest_name text, email text, join_date date, leave_date date);
create table funds (fund_id integer primary key, fund_name text, annual_fee real);
create table budgets (budget_id integer primary key, fy integer, adopted real);
create table bookings (
  booking_id integer primary key,
  hall_id integer references halls (hall_id),
  guest_id integer references guests (guest_id),
  booking_date date,
  cancelled integer
);
create table books (isbn text primary key, title text, genre text);
create table sales (sale_id integer primary key, isbn text, sale_date date, copies integer, drawn real);

insert into curators values (1, 'Ash', 'North', 5000), (2, 'Beech', null, 9000);
insert into halls values (1, 'Blue', 30, 1790, 2, 1), (2, 'Red', 8, 1850, 3, 2), (3, 'Green', 12, 1990, 2, 2);
insert into guests values (1, 'Elm', 'elm@x.org', '2020-01-01', '2021-01-01'), (2, 'Fir', null, '2020-02-01', null);
insert into funds values (1, 'Oak', 2), (2, 'Yew', 1);
insert into budgets values (1, 2024, 10), (2, 2025, 30), (3, 2025, 5);
insert into bookings values (1, 1, 1, '2024-03-01', 0), (2, 1, 2, '2024-05-01', 1), (3, 2, 1, '2023-05-02', 1);
insert into books values ('978-1', 'Stars', 'Science'), ('978-2', 'Roots', 'Nature');
insert into sales values (1, '978-1', '2023-02-01', 5, 10), (2, '978-1', '2024-02-01', 7, 30);
`;
