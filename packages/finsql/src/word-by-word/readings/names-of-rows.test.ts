import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { SCHOOL_SQL } from '../../testing/school-database.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const school = openedDatabase(SCHOOL_SQL);
afterAll(() => school.close());

/** Names that several tables have, names of people, what is most common, numbers of rows, ways. */
const READ = `
What are the full names of teachers?
  select first_name, last_name from teachers
  [["Ada","Stone"],["Ben","Moss"],["Cleo","Reed"]]
names of students
  select student_first_name, student_last_name from students
  [["Dan","Fox"],["Eve","Hall"],["Finn","Lane"],["Gail","Wood"],["Hugo","Park"]]
What is the full name and phone number of the oldest teacher?
  select first_name, last_name, phone from teachers order by age desc limit 1
  [["Ben","Moss","555-02"]]
List the names and majors of students in Dover
  select t1.student_first_name, t1.student_last_name, t1.major from students as t1 join campuses as t2 on t1.campus_id = t2.campus_id where t2.city = 'Dover'
  [["Dan","Fox","Art"],["Eve","Hall","Law"],["Hugo","Park","Art"]]
the ids of students in Chess
  select distinct t1.student_id from students as t1 join memberships as t2 on t2.student_id = t1.student_id join clubs as t3 on t2.club_id = t3.club_id where t3.club_name = 'Chess'
  [[1],[4]]
What is Ada Stone's phone number?
  select distinct phone from teachers where first_name = 'Ada' and last_name = 'Stone'
  [["555-01"]]
teachers older than 40
  select first_name, last_name from teachers where age > 40
  [["Ben","Moss"],["Cleo","Reed"]]
How many teachers are younger than 50?
  select count(*) from teachers where age < 50
  [[2]]
What is the most common major?
  select major from students group by major order by count(*) desc limit 1
  [["Art"]]
the 2 most common destinations of trips
  select destination from trips group by destination order by count(*) desc limit 2
  [["Paris"],["Rome"]]
Which rank is most common among teachers?
  select rank from teachers group by rank order by count(*) desc limit 1
  [["Lecturer"]]
the least common major of students
  select major from students group by major order by count(*) asc limit 1
  [["Law"]]
Which majors have more than 2 students?
  select major from students group by major having count(*) > 2
  [["Art"]]
Which majors have at least two students?
  select major from students group by major having count(*) >= 2
  [["Art"],["Law"]]
students with two memberships
  select t1.student_first_name, t1.student_last_name from students as t1 join memberships as t2 on t2.student_id = t1.student_id group by t1.student_id, t1.student_first_name, t1.student_last_name having count(*) = 2
  [["Dan","Fox"]]
clubs with the number of students
  select t1.club_name, count(distinct t3.student_id) from clubs as t1 join memberships as t2 on t2.club_id = t1.club_id join students as t3 on t2.student_id = t3.student_id group by t1.club_id, t1.club_name
  [["Chess",2],["Rowing",3]]
Show the major and the number of students
  select major, count(*) from students group by major
  [["Art",3],["Law",2]]
How many students does each major have?
  select major, count(*) from students group by major
  [["Art",3],["Law",2]]
What are the title and director of each movie?
  select title, director from movies
  [["Fog","Ito"],["Sun","Ito"],["Ash","Vega"]]
the names of the different clubs, and how many students are in each
  select t1.club_name, count(distinct t3.student_id) from clubs as t1 join memberships as t2 on t2.club_id = t1.club_id join students as t3 on t2.student_id = t3.student_id group by t1.club_id, t1.club_name
  [["Chess",2],["Rowing",3]]
names of clubs and the number of students
  select t1.club_name, count(distinct t3.student_id) from clubs as t1 join memberships as t2 on t2.club_id = t1.club_id join students as t3 on t2.student_id = t3.student_id group by t1.club_id, t1.club_name
  [["Chess",2],["Rowing",3]]
students that are not associated with any club
  select student_first_name, student_last_name from students where student_id not in (select student_id from memberships where student_id is not null)
  [["Hugo","Park"]]
male clubs
  select club_name from clubs where sex = 'M'
  [["Chess"],["Debate"]]
How many trips go from Dover?
  select count(*) from trips where origin = 'Dover'
  [[3]]
average distance and price of trips
  select avg(distance), avg(price) from trips
  [[603.75,136.25]]
What is the average and largest distance of trips?
  select avg(distance), max(distance) from trips
  [[603.75,1500]]
largest and smallest price of trips
  select max(price), min(price) from trips
  [[400,40]]
Count the number of trips
  select count(*) from trips
  [[4]]
average number of rooms of teachers
  select avg(room_count) from teachers
  [[2.6666666666666665]]
total number of rooms of all teachers
  select sum(room_count) from teachers
  [[8]]
Show all majors
  select distinct major from students
  [["Art"],["Law"]]
campuses in Kent county
  select campus from campuses where county = 'Kent'
  [["Hill"]]
What are the campuses in the county of Kent?
  select campus from campuses where county = 'Kent'
  [["Hill"]]
What are the movies of the director named Ito?
  select title from movies where director = 'Ito'
  [["Fog"],["Sun"]]
movies directed by Ito
  select title from movies where director = 'Ito'
  [["Fog"],["Sun"]]
How many different movies are there?
  select count(*) from movies
  [[3]]
the three lowest prices of trips
  select price from trips order by price asc limit 3
  [[40],[45],[60]]
birthday of Dan Fox
  select birth_date from students where student_first_name = 'Dan' and student_last_name = 'Fox'
  [["2004-05-01"]]
How many trip types are there?
  select count(*) from ref_trip_types
  [[2]]
the details of the club with the most students
  select t1.details from clubs as t1 join memberships as t2 on t2.club_id = t1.club_id join students as t3 on t2.student_id = t3.student_id group by t1.club_id, t1.details order by count(distinct t3.student_id) desc limit 1
  [["lake"]]
Which city has the campus with the most students?
  select t1.city from campuses as t1 join students as t2 on t2.campus_id = t1.campus_id group by t1.campus_id, t1.city order by count(*) desc limit 1
  [["Dover"]]
average price for different destinations
  select destination, avg(price) from trips group by destination
  [["Dover",45],["Paris",50],["Rome",400]]
campuses founded before 1900
  select campus from campuses where founded < 1900
  [["Hill"]]
teachers with their phone numbers
  select first_name, last_name, phone from teachers
  [["Ada","Stone","555-01"],["Ben","Moss","555-02"],["Cleo","Reed","555-03"]]
Which teachers have made exactly two trips?
  select t1.first_name, t1.last_name from teachers as t1 join trips as t2 on t2.teacher_id = t1.teacher_id group by t1.teacher_id, t1.first_name, t1.last_name having count(*) = 2
  [["Ada","Stone"],["Ben","Moss"]]
students with no club
  select student_first_name, student_last_name from students where student_id not in (select student_id from memberships where student_id is not null)
  [["Hugo","Park"]]
number of trips with price more than 50
  select count(*) from trips where price > 50
  [[2]]
Who is the youngest teacher?
  select first_name, last_name from teachers order by age asc limit 1
  [["Ada","Stone"]]
for each trip type, how many trips
  select t2.trip_type_code, count(*) from trips as t1 join ref_trip_types as t2 on t1.trip_type_code = t2.trip_type_code group by t2.trip_type_code
  [["DAY",3],["WEEK",1]]
campuses founded after 1900
  select campus from campuses where founded > 1900
  [["Lake"]]
What are the ids and full names of teachers who made two or more trips?
  select t1.teacher_id, t1.first_name, t1.last_name from teachers as t1 join trips as t2 on t2.teacher_id = t1.teacher_id group by t1.teacher_id, t1.first_name, t1.last_name having count(*) >= 2
  [[1,"Ada","Stone"],[2,"Ben","Moss"]]
directors with more than 1 movie
  select director from movies group by director having count(*) > 1
  [["Ito"]]
students that do not have the club Chess
  select student_first_name, student_last_name from students where student_id not in (select student_id from memberships where student_id is not null and club_id in (select club_id from clubs where club_name = 'Chess'))
  [["Eve","Hall"],["Finn","Lane"],["Hugo","Park"]]
number of students by major and campus
  select t1.major, t2.campus, count(*) from students as t1 join campuses as t2 on t1.campus_id = t2.campus_id group by t2.campus_id, t1.major, t2.campus
  [["Art","Hill",2],["Law","Hill",1],["Art","Lake",1],["Law","Lake",1]]
surname of the teacher Ada
  select last_name from teachers where first_name = 'Ada'
  [["Stone"]]
`;

describe('of a school', () => {
  itReads(school, READ);
});

describe('no statement is read off', () => {
  itLeavesUnread(school, [
    ['trips from Paris to Dover', 'trips has no label'],
    ['trips with the largest distance', 'trips has no label'],
    ['What is the name of the most common campus?', 'a word is left over'],
    ['the most common students', 'a word is left over'],
    ['count and price of trips', 'how many of what'],
    ['the names of teachers and students', 'rows of a second kind'],
    ['students with more than two clubs and at least', 'a word is left over'],
  ]);
});
