/** A depot's books: lines without amounts, days that hold nothing yet, codes, times, shortened names. */
export const DEPOT_SQL = `
create table clients (
  client_id integer primary key,
  client_name text,
  gender text,
  state_cd text,
  country_cd text,
  balance real
);
create table fund_orders (
  order_id integer primary key,
  client_id integer references clients (client_id),
  placed_at datetime,
  amount real
);
create table goods (
  goods_id integer primary key,
  goods_name text,
  category text,
  stars integer,
  stock_qty integer
);
create table order_lines (
  line_id integer primary key,
  order_id integer references fund_orders (order_id),
  goods_id integer references goods (goods_id),
  quantity integer,
  unit_price real
);
create table invoices (
  invoice_id integer primary key,
  client_id integer references clients (client_id),
  invoice_no text,
  invoice_dt date,
  paid_dt date,
  vat real
);
create table lease_contract (
  lease_id integer primary key,
  client_id integer references clients (client_id),
  rent real,
  start_date date,
  end_date date
);

insert into clients values
  (1, 'Ash', 'F', 'TX', 'US', -50), (2, 'Beech', 'M', 'CA', 'US', 900), (3, 'Elm', 'F', 'TX', 'DE', 20);
insert into fund_orders values
  (1, 1, '2023-05-02 09:30:00', 100), (2, 1, '2024-05-31 18:45:00', 150), (3, 2, '2024-06-01 08:00:00', 40),
  (4, 3, '2023-11-11 11:11:11', 60);
insert into goods values
  (1, 'Crate', 'Box', 4, 0), (2, 'Carton', 'Box', 3, 12), (3, 'Pallet', 'Rack', 4, 7);
insert into order_lines values (1, 1, 1, 2, 10), (2, 2, 2, 3, 20), (3, 2, 3, 1, 90), (4, 3, 1, 4, 10);
insert into invoices values
  (1, 1, 'R-1', '2024-01-10', '2024-02-01', 19), (2, 1, 'R-2', '2024-03-10', null, 7),
  (3, 2, 'R-3', '2024-04-10', null, 4);
insert into lease_contract values
  (1, 1, 500, '2022-01-01', null), (2, 2, 800, '2022-06-01', '2024-05-31'), (3, 3, 300, '2023-01-01', null);
`;
