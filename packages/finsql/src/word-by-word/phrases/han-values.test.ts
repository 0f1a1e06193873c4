import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../../retrieval/retrieve.ts';
import { openedDatabase } from '../../testing/shop-database.ts';
import { hanValues } from './han-values.ts';

const staff = openedDatabase(`
create table staff (id integer primary key, name text, gender text, degree text, city text, size text, state text);
insert into staff values (1, 'Ann', 'F', 'Master', 'Zurich', 'M', '已终止'), (2, 'Ben', 'M', 'PhD', '江苏', 'F', '未付款');
`);
afterAll(staff.close);

function said(question: string): string[] {
  const retrieval = retrieve(staff.context, question, { exemplars: false });
  return hanValues(staff.context, retrieval).flatMap(({ from, to, meanings }) =>
    meanings.map((one) =>
      one.kind === 'value' ? `${question.slice(from, to)} ${one.column} ${one.value}` : one.kind,
    ),
  );
}

describe('hanValues', () => {
  it.each([
    ['女员工', ['女 gender F']],
    ['硕士有几位', ['硕士 degree Master']],
    ['博士有几位', ['博士 degree PhD']],
    ['苏黎世的员工', ['苏黎世 city Zurich']],
    ['江苏省的员工', ['江苏省 city 江苏']],
    ['被终止的合同', ['被终止 state 已终止']],
    ['还没付款的员工', ['还没付款 state 未付款']],
    ['本科有几位', []],
    ['women', []],
  ])('%s: %j', (question, values) => {
    expect(said(question)).toEqual(values);
  });
});
