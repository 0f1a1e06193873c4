-- without known questions: left alone | Which companies are in Shanghai?
select company_name from company where city = 'Shanghai' and is_open = 1;
select company_name from company where city = 'Shanghai' and is_open = 1;
