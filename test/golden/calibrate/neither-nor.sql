-- what has the first and not the second | Which companies have neither Alpha Growth nor Alpha Bond?
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';
select company_name from company except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';

-- Chinese | 哪些公司既没有Alpha Growth也没有Alpha Bond？
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';
select company_name from company except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';

-- all without the two: left alone | Which companies have neither Alpha Growth nor Alpha Bond?
select company_name from company except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name in ('Alpha Growth', 'Alpha Bond');
select company_name from company except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name in ('Alpha Growth', 'Alpha Bond');

-- the one and not the other: left alone | Which companies have Alpha Growth, but not Alpha Bond?
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';

-- of some of them: left alone | Which companies of Shanghai have neither Alpha Growth nor Alpha Bond?
select c.company_name from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai' and f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';
select c.company_name from fund as f join company as c on f.company_id = c.id where c.city = 'Shanghai' and f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond';

-- cut off: left alone | Which companies have neither Alpha Growth nor Alpha Bond?
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond' limit 3;
select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Growth' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name = 'Alpha Bond' limit 3;

-- a condition that holds for all of them: left alone | Which companies of Shanghai have neither Alpha Growth nor Alpha Bond?
select company_name from company where city = 'Beijing' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name in ('Alpha Growth', 'Alpha Bond');
select company_name from company where city = 'Beijing' except select c.company_name from fund as f join company as c on f.company_id = c.id where f.fund_name in ('Alpha Growth', 'Alpha Bond');
