-- a divisor that nobody asked for | Which three loans have the highest principal?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k desc limit 3;

-- with handles | Which loan has the lowest principal?
select l.code from loan as l order by l.principal_usd_k / l.staff asc limit 1;
select l.code from loan as l order by l.principal_usd_k asc limit 1;

-- no direction | Order the loans by principal
select code from loan order by principal_usd_k / staff;
select code from loan order by principal_usd_k;

-- asked for: left alone | Which loans have the highest principal per head of staff?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;

-- the divisor is named: left alone | Which loans have the highest principal for their staff?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;

-- a word for both: left alone | Which loans are the most productive?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;

-- neither is named: left alone | Which loans are the best?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;

-- a head: left alone | Which loans have the highest principal a head?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;

-- by head: left alone | Which loans have the highest principal by head of personnel?
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
select code from loan order by principal_usd_k * 1.0 / staff desc limit 3;
