-- nothing is known: left alone | What share of the funds has a company?
select count(company_id) * 100.0 / count(*) from fund;
select count(company_id) * 100.0 / count(*) from fund;
