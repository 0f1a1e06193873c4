import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { LANGUAGES } from '../language.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { explainSql } from './explain.ts';

interface Pair {
  readonly sql: string;
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

const GOLDEN = new URL('../../../../test/golden/explain/pairs.json', import.meta.url);
const pairs = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Pair[];
const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);

describe('explainSql', () => {
  it.each(pairs)('$sql', ({ sql, en, zh }) => {
    expect(explainSql(sql, schema)).toEqual(en);
    expect(explainSql(sql, schema, 'zh')).toEqual(zh);
  });

  it('leaves names, numbers and texts as they are in either language', () => {
    for (const { sql, en, zh } of pairs) {
      // Wild cards become words, and so do the names of functions of dates and their shifts.
      if (/like|date\(|strftime|count\(\*\)/.test(sql)) continue;
      const kept = (sentences: readonly string[]) =>
        [...sentences.join(' ').matchAll(/\b(?:fund_name|company_id|size|city|\d+)\b|'[^']*'/g)]
          .map(String)
          .sort();
      expect(kept(zh), sql).toEqual(kept(en));
    }
  });

  it('has no words of English in Chinese sentences', () => {
    const english = /\b(?:the|of|is|and|or|rows?|where|first|another|query|missing|as)\b/;
    const sentences = pairs
      .filter(({ sql }) => !/json_each|preceding/.test(sql))
      .flatMap(({ zh }) => zh);
    expect(sentences.filter((sentence) => english.test(sentence))).toEqual([]);
  });

  it('names a table by the part of its comment that is in the language', () => {
    const table = { name: 'nav', columns: [], foreignKeys: [] };
    const commented = (comment: string) => ({
      ...schema,
      tables: [{ ...schema.tables[0], ...table, comment }] as typeof schema.tables,
    });
    const sql = 'select 1 from nav';
    const first = (comment: string) =>
      LANGUAGES.map((language) => explainSql(sql, commented(comment), language)[0]);
    expect(first('net values | 净值')).toEqual(['Reads nav (net values).', '读取 nav（净值）。']);
    expect(first('净值 | net values')).toEqual(['Reads nav (net values).', '读取 nav（净值）。']);
    expect(first('净值')).toEqual(['Reads nav (净值).', '读取 nav（净值）。']);
    expect(first('nav')).toEqual(['Reads nav.', '读取 nav。']);
  });

  it('tells years and months of days without gaps, and leaves other divisions', () => {
    const column = (name: string, samples: readonly string[]) => ({
      ...{ name, samples, type: 'integer', kind: 'integer' as const },
      ...{ comment: '', primaryKey: false },
    });
    const columns = [column('sent', ['20230315', '20231114']), column('amount', ['500', '700'])];
    const wire = { name: 'wire', comment: '', columns, foreignKeys: [] };
    const sql = 'select w.sent / 100, sum(w.amount / 100) from wire as w group by w.sent / 10000';
    const told = LANGUAGES.map((language) =>
      explainSql(sql, { name: 'bank', tables: [wire] }, language).slice(1),
    );
    expect(told).toEqual([
      [
        'Makes one group per the year of sent.',
        'Shows the year and month of sent and the total of amount / 100.',
      ],
      ['按 sent 的年份分组。', '显示 sent 的年月和 amount / 100 的合计。'],
    ]);
  });

  it.each(['', 'select from where', 'delete from fund', 'not sql at all', 'select 1 union'])(
    'is silent about %j',
    (sql) => {
      for (const language of LANGUAGES) expect(explainSql(sql, schema, language)).toEqual([]);
    },
  );
});
