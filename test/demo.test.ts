/** The demo database and its questions: the recipe is repeatable, the figures add up, every query answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsForDatabase, readPatternFolder } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemoDatabase, type DemoSummary } from '../data/demo/build-demo.ts';
import { contentDigest, tableNames } from '../data/demo/content-digest.ts';

interface Pair {
  readonly question: string;
  readonly db_id: string;
  readonly query: string;
  readonly lang: 'en' | 'zh';
}

function readPairs(split: 'train' | 'dev' | 'written' | 'generated' | 'composed'): Pair[] {
  const file = new URL(`../data/demo/questions-${split}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Pair[];
}

const train = readPairs('train');
const dev = readPairs('dev');
const pairs = [...train, ...dev];

let folder: string;
let summary: DemoSummary;
let database: Database;
let sibling: Database;
const parts: string[] = [];

function number(sql: string): number {
  return database.prepare(sql).pluck().get() as number;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-demo-'));
  summary = await buildDemoDatabase(join(folder, 'one.sqlite'), {
    onProgress: (part) => parts.push(part),
  });
  await buildDemoDatabase(join(folder, 'two.sqlite'), { seed: 2 });
  database = new Database(summary.path, { readonly: true });
  sibling = new Database(join(folder, 'two.sqlite'), { readonly: true });
});

afterAll(() => {
  database?.close();
  sibling?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the recipe', () => {
  it('makes a database of the promised size', () => {
    expect(summary.tables).toBe(tableNames(database).length);
    expect(summary.tables).toBeGreaterThanOrEqual(25);
    expect(summary.rows).toBeGreaterThanOrEqual(200_000);
    expect(summary.bytes).toBeLessThan(60 * 2 ** 20);
    expect(parts.at(-1)).toBe('done');
  });

  it('makes the same content from the same seed, and other figures from another', async () => {
    const path = join(folder, 'again.sqlite');
    await buildDemoDatabase(path);
    const again = new Database(path, { readonly: true });
    const digest = contentDigest(database);
    expect(contentDigest(again)).toBe(digest);
    expect(contentDigest(sibling)).not.toBe(digest);
    again.close();
  });

  it('keeps names and dictionary values equal for every seed', () => {
    for (const sql of [
      'select company_name, company_name_cn, ticker, industry_id, exchange_id, city, listing_date from company',
      'select fund_code, fund_name, fund_name_cn, fund_company_id, fund_type_id from fund',
      'select manager_name, manager_name_cn, fund_company_id, gender from fund_manager',
      'select bond_name, bond_type, issue_date, maturity_date from bond',
      'select * from industry',
      'select * from macro_series',
    ]) {
      expect(sibling.prepare(sql).all()).toEqual(database.prepare(sql).all());
    }
  });

  it('leaves nothing behind when it cannot write', async () => {
    await expect(buildDemoDatabase(join(folder, 'absent', 'demo.sqlite'))).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('comments every table and column in English and Chinese', () => {
    const schema = readFileSync(new URL('../data/demo/schema.sql', import.meta.url), 'utf8');
    const lines = schema.split('\n').filter((line) => /^(CREATE TABLE| {2}[a-z])/.test(line));
    const bare = lines.filter((line) => !/ -- [^|]+ \| .*\p{Script=Han}/u.test(line));
    expect(lines.length).toBeGreaterThan(200);
    expect(bare).toEqual([]);
  });
});

describe('the figures', () => {
  it('break no foreign key', () => {
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });

  it.each([
    [
      'assets = liabilities + equity',
      'total_assets - total_liabilities - total_equity',
      'balance_sheet',
    ],
    [
      'assets = current + fixed + intangible',
      'total_assets - current_assets - fixed_assets - intangible_assets',
      'balance_sheet',
    ],
    [
      'gross profit = revenue - cost',
      'gross_profit - revenue + cost_of_revenue',
      'income_statement',
    ],
    ['net profit = pretax - tax', 'net_profit - pretax_profit + income_tax', 'income_statement'],
    [
      'change in cash = three cash flows',
      'net_change_in_cash - operating_cash_flow - investing_cash_flow - financing_cash_flow',
      'cash_flow',
    ],
    ['allocation = 100 %', '100 - stock_percent - bond_percent - cash_percent', 'asset_allocation'],
  ])('balance: %s', (_, difference, table) => {
    expect(number(`select max(abs(${difference})) from ${table}`)).toBeLessThan(0.005);
  });

  it('carry cash from one balance sheet to the next', () => {
    const gap = number(`
      select max(abs(b.cash - a.cash - f.net_change_in_cash)) from balance_sheet as a
      join balance_sheet as b on b.company_id = a.company_id and b.fiscal_year = a.fiscal_year + 1
      join cash_flow as f on f.company_id = b.company_id and f.fiscal_year = b.fiscal_year`);
    expect(gap).toBeLessThan(0.005);
  });

  it('add up from quarters to the year', () => {
    const gap = number(`
      select max(abs(s.revenue - q.total)) from income_statement as s join (
        select company_id, fiscal_year, sum(revenue) as total from quarterly_result group by 1, 2
      ) as q on q.company_id = s.company_id and q.fiscal_year = s.fiscal_year`);
    expect(gap).toBeLessThan(0.005);
  });

  it('keep prices within the range of their day', () => {
    const odd = `select count(*) from stock_price where low_price > min(open_price, close_price)
      or high_price < max(open_price, close_price) or low_price <= 0`;
    expect(number(odd)).toBe(0);
  });

  it('move stocks of one sector more closely together than stocks of different sectors', () => {
    const correlation = (one: number, other: number): number => {
      const returns = [one, other].map((company) => {
        const closes = database
          .prepare('select close_price from stock_price where company_id = ? order by trade_date')
          .pluck()
          .all(company) as number[];
        return closes.slice(1).map((close, i) => Math.log(close / (closes[i] ?? close)));
      });
      const [a = [], b = []] = returns;
      const product = (x: number[], y: number[]) =>
        x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0);
      return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    };
    // Power companies with one another, and with banks; all of them listed before the first day.
    const power = [71, 72, 73, 75];
    const banks = [26, 27, 28, 29];
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const within = power.flatMap((a) => power.filter((b) => b > a).map((b) => correlation(a, b)));
    const across = power.flatMap((a) => banks.map((b) => correlation(a, b)));
    expect(mean(within)).toBeGreaterThan(mean(across) + 0.05);
    expect(Math.min(...across)).toBeGreaterThan(0);
  });
});

describe('the questions', () => {
  it('are as many as promised, one in seven of them Chinese', () => {
    expect(train.length).toBeGreaterThanOrEqual(260);
    expect(dev.length).toBeGreaterThanOrEqual(80);
    const chinese = pairs.filter(({ lang }) => lang === 'zh').length;
    expect(chinese / pairs.length).toBeGreaterThan(0.12);
  });

  it('share neither a question nor a query, within and between the splits', () => {
    expect(new Set(pairs.map(({ question }) => question)).size).toBe(pairs.length);
    expect(new Set(pairs.map(({ query }) => query)).size).toBe(pairs.length);
  });

  it('are labelled with their database and language', () => {
    for (const { question, db_id, lang } of pairs) {
      expect(db_id).toBe('demo');
      expect(lang, question).toBe(/\p{Script=Han}/u.test(question) ? 'zh' : 'en');
    }
  });

  it('have answers, on the databases of two seeds', () => {
    const silent = pairs.flatMap(({ question, query }) =>
      [database, sibling].flatMap((one) => {
        const rows = one.prepare(query).raw().all() as unknown[][];
        return rows.flat().some((value) => value !== null) ? [] : [question];
      }),
    );
    expect(silent).toEqual([]);
  });

  it('use every table', () => {
    const text = pairs.map(({ query }) => query).join('\n');
    const unused = tableNames(database).filter((table) => !new RegExp(`\\b${table}\\b`).test(text));
    expect(unused).toEqual([]);
  });
});

describe('the further written questions', () => {
  const written = readPairs('written');

  it('are as many as promised, each asked once, a third of them in Chinese', () => {
    expect(written).toHaveLength(23_987);
    const asked = new Set(written.map(({ question }) => question.toLowerCase()));
    expect(asked.size).toBe(written.length);
    for (const { question, db_id, lang } of written) {
      expect(db_id).toBe('demo');
      expect(lang, question).toBe(/\p{Script=Han}/u.test(question) ? 'zh' : 'en');
    }
    expect(written.filter(({ lang }) => lang === 'zh')).toHaveLength(8159);
  });

  it('have answers', { timeout: 120_000 }, () => {
    const silent = written.filter(({ query }) => {
      const rows = database.prepare(query).raw().all() as unknown[][];
      return rows.length > 400 || rows.flat().every((value) => value === null);
    });
    expect(silent).toEqual([]);
  });

  it('repeat no question or query of the dev split, and no question of the training split', () => {
    const known = new Set(
      [...pairs, ...readPairs('generated'), ...readPairs('composed')].map(({ question }) =>
        question.toLowerCase(),
      ),
    );
    const queries = new Set(dev.map(({ query }) => query));
    const repeated = written.filter(
      ({ question, query }) => known.has(question.toLowerCase()) || queries.has(query),
    );
    expect(repeated).toEqual([]);
  });

  it('use every table', () => {
    const text = written.map(({ query }) => query).join('\n');
    const unused = tableNames(database).filter((table) => !new RegExp(`\\b${table}\\b`).test(text));
    expect(unused).toEqual([]);
  });
});

describe('the questions made from patterns', () => {
  const items = (list: readonly Pair[]) =>
    list.map(({ question, query, db_id }) => ({ question, sql: query, db: db_id }));

  // A shorter draw is the beginning of a longer one.
  const DRAWN = 600;
  const sets = [
    {
      name: 'generated',
      folder: '../data/demo/patterns',
      chinese: 0.22,
      existing: train,
    },
    {
      name: 'composed',
      folder: '../data/demo/patterns/composed',
      chinese: 0.25,
      existing: [...train, ...readPairs('generated')],
    },
  ] as const;

  it.for(sets)('come again from the same seed: $name', { timeout: 60_000 }, (set) => {
    const { pairs: made } = questionsForDatabase({
      files: [summary.path],
      patterns: readPatternFolder(fileURLToPath(new URL(set.folder, import.meta.url))),
      count: DRAWN,
      chinese: set.chinese,
      existing: items(set.existing),
      held: items(dev),
    });
    const again = made.map(({ question, sql, lang }) => ({
      question,
      db_id: 'demo',
      query: sql,
      lang,
    }));
    expect(again).toEqual(readPairs(set.name).slice(0, DRAWN));
  });

  it.for(sets)('repeat no question or query of the dev split: $name', ({ name }) => {
    const held = new Set(dev.flatMap(({ question, query }) => [question.toLowerCase(), query]));
    for (const { question, query } of readPairs(name)) {
      expect(held.has(question.toLowerCase()) || held.has(query)).toBe(false);
    }
  });
});

describe('questions without an answer', () => {
  const file = new URL('../data/demo/questions-unanswerable.json', import.meta.url);
  const unanswerable = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly question: string;
    readonly db_id: string;
    readonly lang: string;
    readonly kind: string;
  }[];

  it('are as many of each kind as promised, and none is among the others', () => {
    const readme = readFileSync(new URL('../data/demo/README.md', import.meta.url), 'utf8');
    const promised = [...readme.matchAll(/^\| `([a-z-]+)` +\| (\d+) +\| [a-z]/gm)].map(
      ([, kind, count]) => [kind, Number(count)],
    );
    const kinds = new Map<string, number>();
    for (const { kind } of unanswerable) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect([...kinds].sort()).toEqual(promised.sort());
    const questions = unanswerable.map(({ question }) => question.toLowerCase());
    expect(new Set(questions).size).toBe(questions.length);
    const known = new Set(
      [...pairs, ...readPairs('generated'), ...readPairs('composed')].map(
        ({ question }) => question,
      ),
    );
    expect(unanswerable.filter(({ question }) => known.has(question))).toEqual([]);
    for (const { question, db_id, lang } of unanswerable) {
      expect(db_id).toBe('demo');
      expect(/\p{Script=Han}/u.test(question), question).toBe(lang === 'zh');
    }
  });
});
