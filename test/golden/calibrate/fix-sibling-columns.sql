-- a condition | Which share classes cost less than 0.3 percent in management fee?
select class_name from share_class where custody_fee < 0.3;
select class_name from share_class where management_fee < 0.3;

-- a measure and an order | the mean management fee, and who has the highest management fee
select avg(custody_fee), class_name from share_class order by custody_fee desc;
select avg(management_fee), class_name from share_class order by management_fee desc;

-- both are said: left alone | share classes by custody, with a management fee below 0.3
select class_name from share_class where custody_fee < 0.3;
select class_name from share_class where custody_fee < 0.3;

-- both are asked for: left alone | What is the management fee of A?
select custody_fee, management_fee from share_class where class_name = 'A';
select custody_fee, management_fee from share_class where class_name = 'A';

-- another name of two words: left alone | What is the management fee of A?
select fee_cap from share_class where class_name = 'A';
select fee_cap from share_class where class_name = 'A';

-- said by half: left alone | What is the fee of the management?
select custody_fee from share_class;
select custody_fee from share_class;

-- what is not asked for: left alone | What is the charge for keeping, and not the management fee, of each share class?
select class_name, custody_fee from share_class;
select class_name, custody_fee from share_class;

-- what those have: left alone | Which share class is cheap to keep for one with a management fee?
select class_name from share_class order by custody_fee limit 1;
select class_name from share_class order by custody_fee limit 1;

-- what they have, as a condition | Which share classes come with a management fee below 0.3?
select class_name from share_class where custody_fee < 0.3;
select class_name from share_class where management_fee < 0.3;

-- listed beside the names | List the share classes with their management fee.
select class_name, custody_fee from share_class;
select class_name, management_fee from share_class;

-- a condition and its average | Which share classes have a management fee above the average?
select class_name from share_class where custody_fee > (select avg(custody_fee) from share_class);
select class_name from share_class where management_fee > (select avg(management_fee) from share_class);
