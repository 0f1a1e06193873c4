-- by its comment | How many loans have a loan to value above 80%?
select count(*) from loan where principal_usd_k > 80;
select count(*) from loan where ltv_pct > 80;

-- as a part of one | Which loans have an interest rate below 5 percent?
select code from loan where principal_usd_k < 0.05;
select code from loan where rate_pct < 5;

-- between two of them | Which loans have a loan to value between 60% and 80%?
select code from loan where loan.principal_usd_k between 60 and 80;
select code from loan where loan.ltv_pct between 60 and 80;

-- in Chinese | 不良占比高于5%的贷款有哪些？
select code from loan where principal_usd_k > 5;
select code from loan where 占比 > 5;

-- a column of no known unit that the question has no word of | Which loans have a loan to value above 80%?
select code from loan where staff > 80;
select code from loan where ltv_pct > 80;

-- a column of no known unit that it has a word of: left alone | Which loans have a loan to value growth above 80%?
select code from loan where growth > 80;
select code from loan where growth > 80;

-- another is in percent: left alone | Which loans of over 80 have a loan to value above 80%?
select code from loan where principal_usd_k > 80 and ltv_pct > 80;
select code from loan where principal_usd_k > 80 and ltv_pct > 80;

-- no column is named: left alone | Which loans are above 80%?
select code from loan where principal_usd_k > 80;
select code from loan where principal_usd_k > 80;

-- no percentage: left alone | How many loans have a principal above 80?
select count(*) from loan where principal_usd_k > 80;
select count(*) from loan where principal_usd_k > 80;
