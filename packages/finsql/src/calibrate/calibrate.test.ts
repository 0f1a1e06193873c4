import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { Database } from '../database/sqlite.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { normalizeSql } from '../sql/normalize.ts';
import { calibrate, RULES } from './calibrate.ts';
import type { CalibrationContext } from './rule.ts';

const GOLDEN = new URL('../../../../test/golden/calibrate/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'quaestor-calibrate-'));
const file = join(folder, 'funds.sqlite');
const database = new Database(file);
database.exec(readFileSync(new URL('schema.sql', GOLDEN), 'utf8'));

const schema = introspect(file);
const values = buildValueIndex(file, schema);
const context: CalibrationContext = {
  schema,
  links: prepareDatabase(schema).links,
  values,
};

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

interface Pair {
  readonly title: string;
  /** What the statement is to answer, where that matters: behind the title's `|`. */
  readonly question?: string;
  readonly before: string;
  readonly after: string;
}

function readPairs(name: string): Pair[] {
  return readFileSync(new URL(`${name}.sql`, GOLDEN), 'utf8')
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      const [head = '', before = '', after = ''] = block.split('\n');
      const [title = '', question] = head.replace(/^-- /, '').split(' | ');
      return {
        title,
        ...(question === undefined ? {} : { question }),
        before: before.replace(/;$/, ''),
        after: after.replace(/;$/, ''),
      };
    });
}

describe('every rule', () => {
  it('has its pairs, and every pair its rule', () => {
    const files = readdirSync(GOLDEN).filter((name) => name !== 'schema.sql');
    expect(files.sort()).toEqual(RULES.map(({ name }) => `${name}.sql`).sort());
  });

  for (const rule of RULES) {
    describe(rule.name, () => {
      it.each(readPairs(rule.name))('$title', ({ before, after, ...asked }) => {
        expect(rule.apply(before, { ...context, ...asked })).toBe(after);
        expect(rule.apply(after, { ...context, ...asked })).toBe(after);
      });

      it('makes statements that run', () => {
        for (const { before, after } of readPairs(rule.name)) {
          if (before !== after) expect(() => database.prepare(after)).not.toThrow();
        }
      });
    });
  }
});

describe('calibrate', () => {
  it('names what each rule did', () => {
    const { sql, repairs } = calibrate(
      "SELECT fundname FROM funds WHERE City = 'shanghai';",
      context,
      RULES,
    );
    expect(sql).toBe(
      "select fund_name from fund join company on fund.company_id = company.id where company.city = 'Shanghai'",
    );
    expect(repairs.map(({ rule }) => rule)).toEqual([
      'fix-table-names',
      'join-missing-table',
      'fix-column-names',
      'fix-values',
    ]);
    expect(() => database.prepare(sql)).not.toThrow();
  });

  it('leaves out the rules that are switched off', () => {
    for (const { name } of RULES) {
      const [first] = readPairs(name);
      const { repairs } = calibrate(first?.before ?? '', { ...context, without: [name] }, RULES);
      expect(repairs.map(({ rule }) => rule)).not.toContain(name);
    }
  });

  it('reads signs and quotes before the case of words is folded', () => {
    expect(calibrate('SELECT fund_name FROM fund WHERE code = ‘A１’', context).sql).toBe(
      "select fund_name from fund where code = 'A１'",
    );
  });

  it('ends, whatever words stand where', () => {
    const statements = RULES.flatMap(({ name }) => readPairs(name).map(({ before }) => before));
    const words = [...new Set(statements.flatMap((sql) => sql.split(/(?=\W)|(?<=\W)/)))];
    const mangled = fc
      .tuple(
        fc.constantFrom(...statements),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words)), { maxLength: 4 }),
      )
      .map(([sql, swaps]) => {
        const parts = sql.split(/(?=\W)|(?<=\W)/);
        for (const [at, word] of swaps) parts[at % parts.length] = word;
        return parts.join('');
      });
    fc.assert(
      fc.property(mangled, (sql) => {
        expect(typeof calibrate(sql, context, RULES).sql).toBe('string');
      }),
      { numRuns: 400 },
    );
  });

  it('leaves statements that run as they are', () => {
    const valid = [
      'select count(*) from fund',
      "select t1.fund_name from fund as t1 where t1.size > (select avg(size) from fund) and t1.opened > date('now', '-1 year')",
      'select city, count(*) n from company group by city having n > 1 order by n desc limit 3',
      'select "unit value" from "net value" order by "date"',
      'select fund_name, rank() over (partition by company_id order by size desc) as place from fund',
      'select cast(size as integer), case when size > 1 then 1 else 0 end from fund',
      'select manager_name from manager union select company_name from company order by manager_name',
      'with big as (select * from fund where size > 1) select big.fund_name, c.city from big join company c on c.id = big.company_id',
    ];
    for (const sql of valid) {
      expect(() => database.prepare(sql)).not.toThrow();
      expect(calibrate(sql, context)).toEqual({ sql: normalizeSql(sql, schema), repairs: [] });
    }
  });
});
