import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStamp } from '../database/file-stamp.ts';
import { introspect } from '../database/introspect.ts';
import { createPreparedDatabases } from '../prepared-databases.ts';
import { buildPrompt } from '../prompt/build.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { DescriptionStore } from './description-store.ts';
import { description } from './descriptions.ts';

const cryptic = temporaryDatabase(
  `create table t_a (k integer, q1 real, q2 real);
   create table t_b (k integer, v text -- colour of the paint
   );
   create table t_c (k integer, w text);
   insert into t_a values (1, 2.5, 3.5);`,
  'cryptic.sqlite',
);
afterAll(() => cryptic.remove());

const schema = introspect(cryptic.file);
const QUESTION = 'What is the average hazard grade?';
const HAZARD = {
  table: 't_a',
  column: 'q2',
  text: 'hazard grade given by the underwriter | 风险等级',
};

describe('a description', () => {
  it('changes which table and column are retrieved, and is noted in the prompt', async () => {
    const databases = createPreparedDatabases(async () => undefined);
    const plain = buildPrompt((await databases.get({ file: cryptic.file })).context, QUESTION);
    expect(plain.retrieval.supported).toBe(false);
    expect(plain.retrieval.tables.map(({ score }) => score)).toEqual([0, 0, 0]);
    const { context, cached } = await databases.get({ file: cryptic.file, descriptions: [HAZARD] });
    // The file is not read anew.
    expect(cached).toBe(true);
    const { retrieval, text } = buildPrompt(context, QUESTION);
    expect(retrieval.supported).toBe(true);
    expect(retrieval.tables[0]).toMatchObject({ name: 't_a' });
    expect(retrieval.tables[0]?.score).toBeGreaterThan(retrieval.tables[1]?.score ?? 1);
    const [best] = [...retrieval.columnsOf('t_a')].sort((a, b) => b.score - a.score);
    expect(best?.name).toBe('q2');
    expect(text).toContain('q2:num (hazard grade given by the underwriter)');
    const chinese = buildPrompt(context, '平均风险等级是多少？');
    expect(chinese.text).toContain('(风险等级)');
    // Taken away, it counts no more.
    const without = (await databases.get({ file: cryptic.file })).context;
    expect(buildPrompt(without, QUESTION).text).toBe(plain.text);
  });

  it('of a table counts, too, and stands in place of the comment of the file', async () => {
    const databases = createPreparedDatabases(async () => undefined);
    const { context } = await databases.get({
      file: cryptic.file,
      descriptions: [
        { table: 'T_C', column: null, text: 'burglar alarms' },
        { table: 't_b', column: 'V', text: 'shade of the wall' },
      ],
    });
    const best = (question: string) => buildPrompt(context, question).retrieval.tables[0];
    expect(best('How many alarms?')).toMatchObject({ name: 't_c' });
    expect(best('Which shade?')).toMatchObject({ name: 't_b' });
    expect(best('Which colour?')?.score).toBe(0);
  });

  it('reaches no client that may not read its column', async () => {
    const databases = createPreparedDatabases(async () => undefined);
    const { context } = await databases.get({
      file: cryptic.file,
      descriptions: [HAZARD],
      allow: { t_a: ['q1'], t_b: 'all' },
    });
    expect(JSON.stringify(context.schema)).not.toContain('hazard');
  });

  it.each([
    ['   ', 'is empty'],
    ['a'.repeat(501), 'longer than 500'],
    ['two\nlines', 'control characters'],
    ['turned \u202e round', 'control characters'],
    ['half \ud800', 'control characters'],
  ])('is refused: %j', (text, reason) => {
    const parsed = description.safeParse({ ...HAZARD, text });
    expect(parsed.error?.issues[0]?.message).toContain(reason);
  });

  it('may look like markup, or say it in Chinese', () => {
    for (const text of ['<b>0 < x</b> & "y"', '风险等级 👩‍💻']) {
      expect(description.parse({ ...HAZARD, text }).text).toBe(text);
    }
  });
});

describe('the store', () => {
  const folder = join(cryptic.folder, 'state', 'descriptions');
  const store = new DescriptionStore(folder);

  it('keeps them beside the database, which is not written to', () => {
    const before = fileStamp(cryptic.file);
    expect(store.read('cryptic')).toEqual([]);
    store.change(schema, [{ table: 'T_A', column: 'Q2', text: 'first' }]);
    store.change(schema, [HAZARD, { table: 't_b', column: null, text: 'paints' }]);
    // A second one reads what the first has written, under the names that the file has.
    expect(new DescriptionStore(folder).read('cryptic')).toEqual([
      HAZARD,
      { table: 't_b', column: null, text: 'paints' },
    ]);
    expect(fileStamp(cryptic.file)).toBe(before);
    store.change(schema, [{ table: 't_b', column: null, text: null }]);
    expect(store.read('cryptic')).toEqual([HAZARD]);
  });

  it('refuses what the database lacks, all at once, and changes nothing then', () => {
    const changes = [
      { table: 't_b', column: null, text: 'paints' },
      { table: 't_x', column: null, text: 'x' },
      { table: 't_a', column: 'q9', text: 'y' },
      { table: 't_c', column: 'q9', text: null },
    ];
    const change = () => store.change(schema, changes);
    expect(change).toThrow(/no table t_x.*t_a has no column q9; it has k, q1, q2.*t_c has no/);
    expect(change).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(store.read('cryptic')).toEqual([HAZARD]);
  });

  it('keeps those of columns that vanish, ignores them, and lets them be taken away', () => {
    const [first, ...others] = schema.tables;
    if (first === undefined) throw new Error('unreachable');
    const less = {
      ...schema,
      tables: [{ ...first, columns: first.columns.slice(0, 2) }, ...others],
    };
    const both = store.change(less, [{ table: 't_c', column: 'w', text: 'width' }]);
    expect(both).toEqual([HAZARD, { table: 't_c', column: 'w', text: 'width' }]);
    expect(store.change(less, [{ ...HAZARD, text: null }])).toHaveLength(1);
    store.remove('cryptic');
    expect(store.read('cryptic')).toEqual([]);
  });

  it('does not write over a file that was damaged by hand', () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(store.file('cryptic'), '{"descriptions": [');
    expect(store.read('cryptic')).toEqual([]);
    expect(() => store.change(schema, [HAZARD])).toThrow(
      expect.objectContaining({ code: 'bad-data' }),
    );
    expect(readFileSync(store.file('cryptic'), 'utf8')).toBe('{"descriptions": [');
  });
});
