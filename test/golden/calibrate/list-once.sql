-- nothing is known of how the database is asked: left alone
select c.city from fund as f join company as c on f.company_id = c.id;
select c.city from fund as f join company as c on f.company_id = c.id;
