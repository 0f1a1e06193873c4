-- down | List the funds in descending order of size.
select fund_name from fund order by size;
select fund_name from fund order by size desc;

-- up | List the funds from the smallest to the largest.
select fund_name from fund order by size desc;
select fund_name from fund order by size asc;

-- Chinese | 按规模从大到小列出基金
select fund_name from fund order by size asc;
select fund_name from fund order by size desc;

-- as it is said: left alone | List the funds in ascending order of size.
select fund_name from fund order by size;
select fund_name from fund order by size;

-- no word of the way: left alone | List the funds by size.
select fund_name from fund order by size desc;
select fund_name from fund order by size desc;

-- dates from old to young: left alone | List the funds from the oldest to the youngest.
select fund_name from fund order by opened;
select fund_name from fund order by opened;

-- cut off: left alone | Which is the largest fund, sizes in ascending order?
select fund_name from fund order by size desc limit 1;
select fund_name from fund order by size desc limit 1;

-- two orders: left alone | List the funds in descending order of size, then by name.
select fund_name from fund order by size, fund_name;
select fund_name from fund order by size, fund_name;

-- decreasing, of an order | List the funds in order of decreasing size.
select fund_name from fund order by size;
select fund_name from fund order by size desc;

-- increasing order | List the funds in increasing order of size.
select fund_name from fund order by size desc;
select fund_name from fund order by size asc;

-- decreasing, of what is listed: left alone | Which awards with decreasing grants are there, sorted by name?
select award_name from award order by award_name;
select award_name from award order by award_name;

-- increasing, of what is listed: left alone | List awards with increasing grants, the highest first.
select award_name from award order by grant_rate desc;
select award_name from award order by grant_rate desc;

-- by age, the day of birth is stored | Name the mandates in ascending order of their age.
select holder from mandate order by start_date desc;
select holder from mandate order by start_date desc;

-- 年龄 | 按任职年限从长到短列出。
select manager_id from fund_manager order by start_date;
select manager_id from fund_manager order by start_date;

-- what moved: left alone | Which awards moved from low to high rates, the latest first?
select award_name from award order by announced desc;
select award_name from award order by announced desc;

-- what moved, in Chinese: left alone | 哪些奖项的资助率从低升到高？
select award_name from award order by announced desc;
select award_name from award order by announced desc;

-- of something else: left alone | Which awards were given from high to low places?
select award_name from award order by announced;
select award_name from award order by announced;

-- beside a word of sorting | Which funds are there, sorted from large to small?
select fund_name from fund order by size;
select fund_name from fund order by size desc;

-- beside the name of the column | Show all funds by size from low to high.
select fund_name from fund order by size desc;
select fund_name from fund order by size asc;

-- the largest first: left alone | Sort the funds from small to medium ones, the largest first.
select fund_name from fund order by size desc;
select fund_name from fund order by size desc;
