import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Stage } from './answer.ts';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import type { FinSqlOptions } from './pipeline-options.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { folder, file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1, timeoutMs: 2000 });
afterAll(() => {
  executor.close();
  remove();
});

const generator = scriptedGenerator({
  'Which managers have a Doctorate?': [
    "select manager_name from manager where degree = 'Doctorate' order by manager_name",
  ],
  'Which managers have a doctorate degree?': [
    "select manager_name from manager where degree = 'doctorate'",
  ],
  'In which city is each fund?': ['select fund_name, city from fund'],
  'Which fund is the best?': [
    'select nonsense from fund',
    'select fund_name from fund where size > 200',
    'select colour from fund',
    "select fund_name from fund where code = '000003'",
    'select fund_name from fund',
    'select nonsense from fund',
  ],
  'What is hopeless about a fund?': ['select nonsense from fund'],
  'Will it rain in Paris tomorrow?': ['select count(*) from company'],
  'Delete every fund': ['delete from fund'],
  'How many funds are endless?': [
    'with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r',
  ],
  'Funds without words': [''],
});
/** What a scripted draft becomes: nothing is read off the question before it. */
const drafting = (options: Omit<FinSqlOptions, 'wordByWord'>) =>
  createFinSql({ ...options, wordByWord: false });
const finSql = drafting({ generator, executor, timeoutMs: 300 });

describe('ask', () => {
  it('answers with rows, reasons and the stages in order', async () => {
    const told: Stage[] = [];
    const begun: Stage['name'][] = [];
    const answer = await finSql.ask('Which managers have a Doctorate?', file, {
      onStart: (name) => {
        expect(told.map((stage) => stage.name)).toEqual(begun);
        begun.push(name);
      },
      onStage: (stage) => told.push(stage),
    });
    expect(answer.columns).toEqual(['manager_name']);
    expect(answer.rows).toEqual([['Li Na'], ['Zhao Min']]);
    expect(answer.warnings).toEqual([]);
    expect(answer.explanation).toEqual([
      'Reads manager (people who manage funds).',
      "Keeps rows where degree is 'Doctorate'.",
      'Shows manager_name.',
      'Sorts by manager_name, lowest first.',
    ]);
    expect(told).toEqual(answer.trace);
    expect(begun).toEqual(told.map(({ name }) => name));
    expect(told.map(({ name }) => name)).toEqual([
      'introspect',
      'retrieve',
      'prompt',
      'generate',
      'guard',
      'execute',
      'explain',
    ]);
    const retrieved = told.find((stage) => stage.name === 'retrieve')?.detail;
    expect(retrieved?.tables[0]).toMatchObject({ name: 'manager', chosen: true });
    expect(retrieved?.values).toContainEqual({
      table: 'manager',
      column: 'degree',
      similarity: 1,
      value: 'Doctorate',
    });
    const prompt = told.find((stage) => stage.name === 'prompt')?.detail;
    expect(prompt?.text).toContain("degree='Doctorate'");
    expect(prompt?.text.endsWith('Q: Which managers have a Doctorate?\nSQL:')).toBe(true);
  });

  it('replaces a text by its stored spelling when nothing was found', async () => {
    const answer = await finSql.ask('Which managers have a doctorate degree?', file);
    expect(answer.rows).toEqual([['Li Na'], ['Zhao Min']]);
    expect(answer.sql).toContain("'Doctorate'");
    expect(answer.warnings.map(({ code }) => code)).toEqual(['stored-spelling']);
  });

  it('repairs by rule what SQLite rejects', async () => {
    const answer = await finSql.ask('In which city is each fund?', file);
    expect(answer.rows).toHaveLength(3);
    expect(answer.warnings[0]?.text).toContain('join-missing-table');
    expect(answer.trace.map(({ name }) => name)).toContain('calibrate');
  });

  it('samples again when rules do not help, and takes what most candidates agree on', async () => {
    const answer = await finSql.ask('Which fund is the best?', file);
    expect(answer.rows).toEqual([['华夏成长']]);
    const repair = answer.trace.find((stage) => stage.name === 'repair')?.detail;
    expect(repair?.candidates.map(({ votes }) => votes).sort()).toEqual([0, 0, 1, 4, 4]);
    expect(generator.requests.at(-1)?.request).toMatchObject({ n: 10, temperature: 0.7 });
  });

  it('lets candidates of the first try vote by their results', async () => {
    const script = {
      'How many funds are there?': [
        'select count(*) from manager where degree = 2',
        'select count(*) from fund',
        'select count(code) from fund',
        'select count(fund_name) from fund',
        'select count(*) from nowhere',
      ],
    };
    const voting = drafting({
      generator: scriptedGenerator(script),
      executor,
      candidates: 6,
    });
    const answer = await voting.ask('How many funds are there?', file);
    expect(answer.rows).toEqual([[3]]);
    expect(answer.sql).toBe('select count(*) from fund');
    const { candidates } = answer.trace.find((stage) => stage.name === 'vote')?.detail ?? {};
    expect(candidates?.map(({ votes }) => votes)).toEqual([2, 3, 3, 3, 0]);
    expect(candidates?.at(-1)?.error).toMatch(/no such table/);
  });

  it('says how likely an answer is right, and warns of a doubtful one', async () => {
    const figures = (intercept: number) => ({
      coefficients: { intercept, sureness: 0, agreement: 4, repaired: -2 },
      questions: 100,
    });
    const doubting = drafting({
      generator: scriptedGenerator({
        'Which fund is huge?': [
          'select fund_name from fund where size > 200',
          'select fund_name from fund',
          'select nonsense from fund',
        ],
      }),
      executor,
      candidates: 4,
      confidence: { single: figures(2), voted: figures(-3) },
    });
    const answer = await doubting.ask('Which fund is huge?', file);
    const votes = 2; // of the likeliest, which is also drawn once more
    expect(answer.confidence).toBeCloseTo(1 / (1 + Math.exp(3 - (4 * votes) / 4)));
    expect(answer.warnings).toEqual([
      {
        code: 'doubtful',
        text: 'Doubtful: about 27 in 100 such answers are right, and 2 other candidates were written. Check the SQL before you rely on the rows.',
      },
      {
        code: 'words-unexplained',
        text: 'Nothing in the data explains “huge”: say it with the names of tables, columns and values, or describe the column that is meant.',
      },
    ]);
    const question = 'In which city is each fund?';
    expect((await finSql.ask(question, file)).confidence).toBeNull();
  });

  it('gives the SQL alone on a dry run', async () => {
    const answer = await finSql.ask('In which city is each fund?', file, { dryRun: true });
    const sql = 'select fund_name, city from fund';
    expect(answer).toMatchObject({ kind: 'answered', sql, rows: [], columns: [] });
    const stages = answer.trace.map(({ name }) => name);
    expect(stages).toContain('guard');
    expect(stages).not.toContain('execute');
  });

  it.each([true, false])('refuses what must not run, on a dry run: %s', async (dryRun) => {
    await expect(finSql.ask('Delete every fund', file, { dryRun })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('says what is wrong with all options at once', async () => {
    const question = 'In which city is each fund?';
    const asked = (database: unknown, options: object) =>
      finSql.ask(question, database as string, options).catch((error: unknown) => error);
    expect(
      await asked(undefined, {
        maxRows: 2.5,
        timeoutMs: Number.POSITIVE_INFINITY,
        language: 'fr',
        thread: ['a'],
        writer: {},
      }),
    ).toMatchObject({
      code: 'bad-config',
      problems: [
        /^database: /,
        /^maxRows: /,
        /^timeoutMs: /,
        /^thread.0: /,
        /^language: /,
        /^writer.generator: expected a generator/,
      ].map((line) => expect.stringMatching(line)),
    });
    expect(await asked({ file, allowed: {} }, { max_rows: 3 })).toMatchObject({
      code: 'bad-config',
      problems: [/^database: .*"allowed"/, /"max_rows"/].map((line) => expect.stringMatching(line)),
    });
    for (const maxRows of [0, -5]) {
      expect(await asked(file, { maxRows })).toMatchObject({ code: 'bad-config' });
    }
    const none = { candidate: 3, timeoutMs: 2 ** 31 } as unknown as { generator: typeof generator };
    expect(() => createFinSql(none)).toThrow(
      expect.objectContaining({
        code: 'bad-config',
        problems: [/^timeoutMs: /, /^generator: expected/, /"candidate"/].map((line) =>
          expect.stringMatching(line),
        ),
      }),
    );
  });

  it('takes exemplars by the names of their fields', async () => {
    const entry = { question: 'q', db_id: 'fund', query: 'select 1' };
    const exemplars = [entry] as unknown as { question: string; db: string; sql: string }[];
    const message = /Exemplar 0 must have .* it has question, db_id, query.*parseQuestions/;
    expect(() => drafting({ generator, executor, exemplars })).toThrow(message);
    const late = drafting({ generator, executor, exemplars: () => exemplars });
    await expect(late.ask('In which city is each fund?', file)).rejects.toThrow(message);
  });

  it.each(['length', 'stuck'] as const)('says when a draft has no end: %s', async (finish) => {
    const cut: typeof generator = {
      ...generator,
      async *generate(prompts, request) {
        for await (const one of generator.generate(prompts, request)) {
          yield { ...one, finish, tokens: 7 };
        }
      },
    };
    const short = drafting({ generator: cut, executor });
    const { warnings } = await short.ask('In which city is each fund?', file);
    expect(warnings[0]).toEqual({
      code: 'cut-off',
      text: 'The SQL was cut off at 7 tokens and may be incomplete.',
    });
  });

  it('says when rows were left out', async () => {
    const answer = await finSql.ask('Which managers have a Doctorate?', file, { maxRows: 1 });
    expect(answer.truncated).toBe(true);
    expect(answer.warnings).toEqual([
      { code: 'more-rows', text: 'There are more rows; the first 1 are shown.' },
    ]);
  });

  it('uses exemplars of the database, by the name of the file or its folder', async () => {
    const known = [
      { question: 'How many managers are there?', db: 'fund', sql: 'SELECT count(*) FROM manager' },
    ];
    const withExemplars = drafting({ generator, executor, exemplars: known });
    const answer = await withExemplars.ask('How many managers have a degree?', file);
    const prompt = answer.trace.find((stage) => stage.name === 'prompt')?.detail;
    expect(prompt?.text).toContain(
      'Q: How many managers are there?\nSQL: select count(*) from manager\n',
    );
  });
});

describe('abstaining', () => {
  const abstaining = drafting({
    generator: scriptedGenerator({
      'What is hopeless about a fund?': ['select nonsense from fund'],
      'Which fund is in Tokio?': [
        "select fund_name from fund join company on id = company_id where city = 'Tokio'",
      ],
    }),
    executor,
  });
  const ask = (question: string) => abstaining.ask(question, file);

  it.each([
    [
      'Will it rain in Paris tomorrow?',
      'off-topic',
      /“rain”, “paris” or “tomorrow”.*company, fund/,
    ],
    ['What is hopeless about a fund?', 'nothing-runs', /no such column: nonsense.*other words/],
    ['Which fund is in Tokio?', 'no-such-value', /company.city holds no 'Tokio'/],
  ])('%s', async (question, code, reason) => {
    const answer = await ask(question);
    expect(answer).toMatchObject({ kind: 'abstained', abstained: { code }, rows: [], columns: [] });
    expect(answer.abstained?.reason).toMatch(reason);
    expect(answer.warnings[0]).toEqual({ code, text: answer.abstained?.reason });
    expect(answer.trace.at(-1)).toMatchObject({ name: 'abstain', detail: { code } });
    expect(answer.sql === '').toBe(code === 'off-topic');
  });

  it('when a part of the question is not in the data, and the draft failed', async () => {
    const question = 'What is the phone and the shoe of a manager?';
    const strict = drafting({
      generator: scriptedGenerator({ [question]: ['select shoe, phone from manager'] }),
      executor,
      minCoverage: 0.6,
    });
    const { abstained } = await strict.ask(question, file);
    expect(abstained).toMatchObject({ code: 'not-in-data' });
    expect(abstained?.reason).toContain('is called “phone” or “shoe”');
  });

  it('when candidates disagree', async () => {
    const several = drafting({
      generator: scriptedGenerator({
        'Which fund is it?': ['fund_name', 'code', 'size', 'opened'].map(
          (column) => `select ${column} from fund`,
        ),
      }),
      executor,
      candidates: 4,
      minAgreement: 0.6,
    });
    const { abstained } = await several.ask('Which fund is it?', file);
    expect(abstained).toMatchObject({ code: 'candidates-disagree' });
    expect(abstained?.reason).toContain('2 of 4');
  });

  it('when the adapter’s own figures say so', async () => {
    const coefficients = { intercept: -4, sureness: 0, agreement: 0, repaired: 0 };
    const known = Array.from({ length: 50 }, (_, i) => ({
      question: `How many companies are in city ${i}?`,
      sql: `select count(*) from company where city = '${i}'`,
      db: 'fund',
    }));
    const ask = (kind: 'single' | 'unfamiliar', exemplars = known) =>
      drafting({
        generator: scriptedGenerator({ 'How many funds?': ['select count(*) from fund'] }),
        executor,
        exemplars,
        confidence: { [kind]: { coefficients, questions: 100 } },
      }).ask('How many funds?', file);
    const { abstained, sql } = await ask('single');
    expect(abstained).toMatchObject({ code: 'low-confidence' });
    expect(sql).toBe('select count(*) from fund');
    // Figures from databases with known questions do not tell of one without.
    expect((await ask('single', known.slice(1))).abstained).toBeNull();
    expect((await ask('unfamiliar', known.slice(1))).abstained?.code).toBe('low-confidence');
    expect((await ask('unfamiliar')).abstained).toBeNull();
  });

  it('not from a count of nothing, which is told of', async () => {
    const question = 'How many companies are in the city Tokio?';
    const counting = drafting({
      generator: scriptedGenerator({
        [question]: ["select count(*) from company where city = 'Tokio'"],
      }),
      executor,
    });
    const answer = await counting.ask(question, file);
    expect(answer).toMatchObject({ kind: 'answered', rows: [[0]] });
    expect(answer.warnings).toEqual([
      { code: 'value-not-stored', text: "company.city holds no 'Tokio'." },
    ]);
  });

  it('not where it is told to answer', async () => {
    const daring = drafting({ generator, executor, abstain: false, samples: 0 });
    await expect(daring.ask('What is hopeless about a fund?', file)).rejects.toMatchObject({
      code: 'sql-error',
    });
    const answer = await daring.ask('Will it rain in Paris tomorrow?', file);
    expect(answer).toMatchObject({ kind: 'answered', rows: [[2]] });
  });
});

describe('statements that the parser does not know', () => {
  const statements = [
    'select company_id from fund intersect select id from company where id > 1',
    'select fund_name, rank() over (order by size desc) as place from fund order by place limit 1',
    'select count(*) filter (where size > 100) from fund',
    'with 基金表 as (select fund_name as 名称, size as 规模 from fund) select 名称 from 基金表 where 规模 > 200',
    'select fund_name from fund where size > 200 group by fund_name having count(*) filter (where size > 1) = 1',
  ];
  const question = 'Which fund is it, and of which company?';

  it.each(statements)('%s', async (sql) => {
    for (const candidates of [1, 3]) {
      const asking = drafting({
        generator: scriptedGenerator({ [question]: [sql] }),
        executor,
        candidates,
      });
      const answer = await asking.ask(question, file);
      expect(answer.sql).toBe(sql);
      expect(answer.rows).toHaveLength(1);
    }
  });

  it('are voted for by their rows, and repaired', async () => {
    const asking = drafting({
      generator: scriptedGenerator({
        [question]: [
          'select fundname from fund intersect select fund_name from fund',
          'select fund_name from fund union select fund_name from fund',
          'select code from fund',
        ],
      }),
      executor,
      candidates: 4,
    });
    const answer = await asking.ask(question, file);
    expect(answer.sql).toBe('select fund_name from fund intersect select fund_name from fund');
    expect(answer.rows).toHaveLength(3);
  });
});

describe('calibration of what runs', () => {
  const question = 'How many companies of each city are there?';
  const script = { [question]: ['select city, count(*) from company'] };

  it('is told of', async () => {
    const asking = drafting({ generator: scriptedGenerator(script), executor });
    const answer = await asking.ask(question, file);
    expect(answer.sql).toBe('select city, count(*) from company group by city');
    expect(answer.warnings).toEqual([
      {
        code: 'corrected',
        text: 'The SQL was corrected by rule: missing groups (group-selected).',
      },
    ]);
    const repairs = answer.trace.find(({ name }) => name === 'calibrate')?.detail;
    expect(repairs).toMatchObject({ repairs: [{ rule: 'group-selected' }] });
  });

  it('is left out where it is switched off', async () => {
    const asking = drafting({
      generator: scriptedGenerator(script),
      executor,
      withoutRules: ['group-selected'],
    });
    expect((await asking.ask(question, file)).rows).toHaveLength(1);
  });

  it('knows its rules by name', () => {
    expect(() => drafting({ generator, executor, withoutRules: ['no-such-rule'] })).toThrow(
      /withoutRules[\s\S]*group-selected/,
    );
  });
});

describe('threads', () => {
  it('answers a follow-up as the question that it stands for', async () => {
    const standalone = 'Which managers have a master?';
    const asking = drafting({
      generator: scriptedGenerator({
        [standalone]: ["select manager_name from manager where degree = 'Master'"],
      }),
      executor,
    });
    const thread = [
      {
        question: 'Which managers have a Doctorate?',
        sql: "select manager_name from manager where degree = 'Doctorate'",
      },
    ];
    const answer = await asking.ask('and a master?', file, { thread });
    expect(answer.standalone_question).toBe(standalone);
    expect(answer.rows).toEqual([['Wang Wei']]);
    expect(answer.trace.find(({ name }) => name === 'rewrite')?.detail).toMatchObject({
      question: 'and a master?',
      rule: 'replace-parts',
    });
    const alone = await finSql.ask('Which managers have a Doctorate?', file, { thread });
    expect(alone.standalone_question).toBeNull();
  });
});

describe('bad input', () => {
  it.each([
    ['an empty question', '  ', 'bad-question'],
    ['a very long question', 'x'.repeat(10_000), 'bad-question'],
    ['a statement that writes', 'Delete every fund', 'refused'],
    ['an endless statement', 'How many funds are endless?', 'timeout'],
    ['a silent model', 'Funds without words', 'generation-failed'],
  ])('%s', async (_title, question, code) => {
    await expect(finSql.ask(question, file)).rejects.toMatchObject({ name: 'FinSqlError', code });
  });

  it('a file that is missing, and one that is not a database', async () => {
    const foreign = join(folder, 'foreign.sqlite');
    writeFileSync(foreign, 'not a database, but long enough for a header');
    await expect(finSql.ask('How many funds?', join(folder, 'none.sqlite'))).rejects.toMatchObject({
      code: 'no-such-database',
    });
    await expect(finSql.ask('How many funds?', foreign)).rejects.toMatchObject({
      code: 'not-a-database',
    });
  });

  it('a database without tables', async () => {
    const empty = temporaryDatabase('pragma user_version = 1', 'empty.sqlite');
    const { abstained } = await finSql.ask('How many funds?', empty.file);
    expect(abstained?.reason).toContain('empty has no tables');
    empty.remove();
  });

  it('options that are not valid, all in one error', () => {
    expect(() => drafting({ generator, executor, budget: 3, samples: -1 })).toThrow(
      /budget[\s\S]*samples/,
    );
  });

  it('a caller that goes', async () => {
    const controller = new AbortController();
    const onStage = () => controller.abort();
    await expect(
      finSql.ask('Which managers have a Doctorate?', file, { signal: controller.signal, onStage }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
