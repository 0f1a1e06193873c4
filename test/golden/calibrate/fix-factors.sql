-- the percentage of the question | Which funds are more than 10 percent larger than fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size > 1.4 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size > 1.1 * a.size;

-- a loss | Which funds lost more than 10 percent of their size against fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size < 0.6 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size < 0.9 * a.size;

-- none is said | Which funds are larger than fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size > 1.5 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where a.code = '000001' and b.size > a.size;

-- as it is said: left alone | Which funds are more than 10 percent larger than fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 1.1 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 1.1 * a.size;

-- in words: left alone | Which funds at least doubled, and gained 10 percent?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 2 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 2 * a.size;

-- in Chinese words: left alone | 规模翻了一番的基金有哪些？
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 2 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 2 * a.size;

-- a number of its own: left alone | Which funds are more than five sizes of fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 5 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 5 * a.size;

-- a column beside itself: left alone | Which funds are the largest by size?
select f.fund_name from fund as f where f.size >= 0.9 * f.size;
select f.fund_name from fund as f where f.size >= 0.9 * f.size;

-- cents beside thousands: left alone | Which deals exceed their cap?
select id from deal as d where d.sold_cents > 100000 * d.cap_thousand;
select id from deal as d where d.sold_cents > 100000 * d.cap_thousand;

-- two units: left alone | Which loans exceed the growth?
select code from loan where principal_usd_k > 7.2 * growth;
select code from loan where principal_usd_k > 7.2 * growth;

-- pct: left alone | Which funds are at least 10 pct larger than fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.1 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.1 * a.size;

-- parts in words: left alone | Which funds grew by a sixth, or one eighth?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.1667 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.1667 * a.size;

-- a dozen: left alone | Which funds are larger than a dozen funds like 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 12 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 12 * a.size;

-- between two percentages: left alone | Which funds grew by 20 to 30 percent?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.2 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size >= 1.2 * a.size;

-- months of a year: left alone | Which fees are dearer per year than paying them monthly all year?
select class_name from share_class where fee_cap > 12 * custody_fee;
select class_name from share_class where fee_cap > 12 * custody_fee;

-- months of a year in Chinese: left alone | 哪些份额的年费高于全年按月缴纳的费用？
select class_name from share_class where fee_cap > 12 * custody_fee;
select class_name from share_class where fee_cap > 12 * custody_fee;

-- days of a week: left alone | Whose weekly cap is above the daily fee for every day of it?
select class_name from share_class where fee_cap > 7 * custody_fee;
select class_name from share_class where fee_cap > 7 * custody_fee;

-- no factor between such units | Which fees by the year are above those by the month?
select class_name from share_class where fee_cap > 1.4 * custody_fee;
select class_name from share_class where fee_cap > custody_fee;

-- one unit alone | Which funds of this year are larger than fund 000001?
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 12 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > a.size;

-- a date | 2023年3月哪些基金规模大于000001？
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > 12 * a.size;
select b.code from fund as a join fund as b on b.company_id = a.company_id where b.size > a.size;
