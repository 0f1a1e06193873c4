/** A school: people of two names, ages, clubs that they belong to, trips from somewhere to somewhere. */
export const SCHOOL_SQL = `
create table teachers (
  teacher_id integer primary key,
  first_name text,
  last_name text,
  age integer,
  phone text,
  rank text,
  room_count integer
);
create table campuses (campus_id integer primary key, campus text, city text, county text, founded integer);
create table students (
  student_id integer primary key,
  student_first_name text,
  student_last_name text,
  major text,
  birth_date date,
  campus_id integer references campuses (campus_id)
);
create table clubs (club_id integer primary key, club_name text, sex text, details text);
create table memberships (
  membership_id integer primary key,
  student_id integer references students (student_id),
  club_id integer references clubs (club_id)
);
create table ref_trip_types (trip_type_code text primary key, trip_type_description text);
create table trips (
  trip_id integer primary key,
  teacher_id integer references teachers (teacher_id),
  trip_type_code text references ref_trip_types (trip_type_code),
  origin text,
  destination text,
  distance real,
  price real
);
create table movies (movie_id integer primary key, title text, director text, minutes integer);

insert into teachers values
  (1, 'Ada', 'Stone', 34, '555-01', 'Lecturer', 2), (2, 'Ben', 'Moss', 61, '555-02', 'Professor', 5),
  (3, 'Cleo', 'Reed', 45, '555-03', 'Lecturer', 1);
insert into campuses values (1, 'Hill', 'Dover', 'Kent', 1890), (2, 'Lake', 'Kent', 'Surrey', 1950);
insert into students values
  (1, 'Dan', 'Fox', 'Art', '2004-05-01', 1), (2, 'Eve', 'Hall', 'Law', '2003-01-20', 1),
  (3, 'Finn', 'Lane', 'Art', '2005-09-09', 2), (4, 'Gail', 'Wood', 'Law', '2002-12-12', 2),
  (5, 'Hugo', 'Park', 'Art', '2004-07-07', 1);
insert into clubs values (1, 'Chess', 'M', 'indoors'), (2, 'Rowing', 'F', 'lake'), (3, 'Debate', 'M', 'hall');
insert into memberships values (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 3, 2), (5, 4, 1);
insert into ref_trip_types values ('DAY', 'a day'), ('WEEK', 'a week');
insert into trips values
  (1, 1, 'DAY', 'Dover', 'Paris', 300, 40), (2, 1, 'WEEK', 'Dover', 'Rome', 1500, 400),
  (3, 2, 'DAY', 'Paris', 'Dover', 310, 45), (4, 2, 'DAY', 'Dover', 'Paris', 305, 60);
insert into movies values (1, 'Fog', 'Ito', 90), (2, 'Sun', 'Ito', 120), (3, 'Ash', 'Vega', 100);
`;
