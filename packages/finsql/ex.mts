import { readFileSync, writeFileSync } from 'node:fs';
import { introspect } from './src/database/introspect.ts';
import { temporaryDatabase } from './src/testing/fund-database.ts';
import { explainSql } from './src/explain/explain.ts';
const pairs=JSON.parse(readFileSync('test/golden/explain/pairs.json','utf8'));
const {file,remove}=temporaryDatabase(); const schema=introspect(file);
const write=process.argv[2]==='--write';
let n=0;
for(const p of pairs){const en=explainSql(p.sql,schema),zh=explainSql(p.sql,schema,'zh');
 if(JSON.stringify(en)!==JSON.stringify(p.en)||JSON.stringify(zh)!==JSON.stringify(p.zh)){n++;console.log(p.sql,'\n  ',en.join(' | '),'\n  ',zh.join(' | '));p.en=en;p.zh=zh}}
console.log(n);
if(write){for(const sql of ["select f.fund_name from fund as f where f.size > (select avg(g.size) from fund as g where g.company_id = f.company_id)","select fund_name from fund where size > (select avg(size) from fund) and company_id in (select id from company where city in (select city from company group by city having count(*) > 1))","select t.company_id from (select company_id, count(*) as n from fund group by company_id) as t where t.n > (select avg(n) from (select count(*) as n from fund group by company_id))"]) pairs.push({sql,en:explainSql(sql,schema),zh:explainSql(sql,schema,'zh')});
writeFileSync('test/golden/explain/pairs.json',JSON.stringify(pairs,null,2)+'\n')}
for(const sql of ["select f.fund_name from fund as f where f.size > (select avg(g.size) from fund as g where g.company_id = f.company_id)","select fund_name from fund where size > (select avg(size) from fund) and company_id in (select id from company where city in (select city from company group by city having count(*) > 1))","select fund_name from fund where size = (select max(size) from fund where company_id = 1 order by 1 limit 3)", "select t.company_id from (select company_id, count(*) as n from fund group by company_id) as t where t.n > (select avg(n) from (select count(*) as n from fund group by company_id))"]) console.log(sql,'\n  ',explainSql(sql,schema).join(' | '),'\n  ',explainSql(sql,schema,'zh').join(' | '));
remove();
