/** A workshop's books: jobs with several days, costs beside budgets, people under people, payments. */
export const WORKSHOP_SQL = `
create table staff (
  staff_id integer primary key,
  staff_name text,
  job_title text,
  salary real,
  manager_id integer references staff (staff_id)
);
create table clients (client_id integer primary key, client_name text, city text);
create table jobs (
  job_id integer primary key,
  job_name text,
  client_id integer references clients (client_id),
  staff_id integer references staff (staff_id),
  order_date date,
  due_date date,
  delivered_on date,
  budget real,
  cost real
);
create table payments (
  payment_id integer primary key,
  job_id integer references jobs (job_id),
  paid_on date,
  amount real
);

insert into staff values
  (1, 'Maple', 'Director', 90, null), (2, 'Hazel', 'Foreman', 60, 1), (3, 'Rowan', 'Joiner', 65, 2),
  (4, 'Olive', 'Joiner', 40, 2);
insert into clients values (1, 'Ash', 'York'), (2, 'Beech', 'Leeds'), (3, 'Elm', 'York');
insert into jobs values
  (1, 'Stairs', 1, 3, '2023-11-20', '2023-12-20', '2023-12-15', 900, 700),
  (2, 'Door', 1, 4, '2024-01-10', '2024-01-31', '2024-02-09', 300, 350),
  (3, 'Shelf', 2, 4, '2024-02-01', '2024-03-01', '2024-02-21', 200, 150),
  (4, 'Table', 3, 3, '2024-05-02', '2024-06-01', null, 600, 610);
insert into payments values
  (1, 1, '2023-12-18', 500), (2, 1, '2024-01-15', 400), (3, 2, '2024-02-20', 300), (4, 3, '2024-02-25', 200),
  (5, 4, '2024-05-05', 250);
`;
