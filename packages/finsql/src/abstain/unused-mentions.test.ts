import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import { unusedMentions } from './unused-mentions.ts';

const { file, remove } = temporaryDatabase(FUND_SQL);
afterAll(remove);

const schema = introspect(file);
const values = buildValueIndex(file, schema);
const context = prepareDatabase(schema, { values });
const unused = (question: string, sql: string) =>
  unusedMentions(sql, context, values.find(question)).map(
    ({ table, column, value }) => `${table}.${column}=${value}`,
  );

describe('stored texts that a statement passes over', () => {
  it('are those that the question spells out', () => {
    const question = 'How many people have a Doctorate?';
    expect(unused(question, 'select count(*) from manager')).toEqual(['manager.degree=Doctorate']);
    expect(unused(question, "select count(*) from manager where degree = 'Doctorate'")).toEqual([]);
  });

  it('are none where a text of the statement has to do with them', () => {
    const question = 'How many people have a Doctorate?';
    expect(unused(question, "select count(*) from manager where degree like '%doctor%'")).toEqual(
      [],
    );
    expect(unused(question, "select count(*) from manager where degree in ('doctorate')")).toEqual(
      [],
    );
  });

  it('are none where the tables of the statement do not hold them', () => {
    expect(unused('How many funds have a Doctorate?', 'select count(*) from fund')).toEqual([]);
  });
});
