import { expect, it } from 'vitest';
import { skeleton, withoutLiterals } from './skeleton.ts';

it.each([
  [
    "SELECT f.name, count(*) FROM fund AS f JOIN k ON f.id = k.id WHERE f.city = 'A' GROUP BY f.name HAVING count(*) > 2;",
    'select _ , count ( * ) from _ as _ join _ on _ = _ where _ = _ group by _ having count ( * ) > _',
  ],
  ['select "a b"."c d" from "a b" where x in (1, 2)', 'select _ from _ where _ in ( _ , _ )'],
  [
    'select max(t.n) from (select count(*) as n from f) as t',
    'select max ( _ ) from ( select count ( * ) as _ from _ ) as _',
  ],
])('masks names and literals: %s', (sql, expected) => {
  expect(skeleton(sql)).toBe(expected);
});

it('tells statements apart that differ in more than literals', () => {
  expect(withoutLiterals("SELECT a FROM t WHERE b = 'x'")).toBe(
    withoutLiterals("select a from t where b = 'y'"),
  );
  expect(withoutLiterals('select a from t')).not.toBe(withoutLiterals('select b from t'));
});
