import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from '../calibrate/calibrate.ts';
import { Database } from '../database/sqlite.ts';
import { FOLLOW_UP_RULES } from '../dialogue/rewrite.ts';
import { LANGUAGES, languageOf } from '../language.ts';
import { RETRIEVERS } from '../retrieval/retrievers/index.ts';
import { type Caution, type Forbidden, type Refusal, sentenceFor } from './messages.ts';
import { sayRefused } from './refused.ts';
import { spaced } from './spaced.ts';
import { sqliteInChinese } from './sqlite-in-chinese.ts';
import { wordingOf } from './wording.ts';

const english = wordingOf('en');
const chinese = wordingOf('zh');

const cautions: readonly (readonly [Caution, string, string])[] = [
  [
    { code: 'cut-off', tokens: 160 },
    'The SQL was cut off at 160 tokens and may be incomplete.',
    'SQL 写到 160 个词元时被截断，可能不完整。',
  ],
  [
    { code: 'more-rows', shown: 1000 },
    'There are more rows; the first 1000 are shown.',
    '结果不止这些，仅显示前 1000 行。',
  ],
  [
    { code: 'corrected', rules: ['group-selected'], error: null },
    'The SQL was corrected by rule: missing groups (group-selected).',
    'SQL 已按规则修正：缺少的分组（group-selected）。',
  ],
  [
    { code: 'corrected', rules: ['fix-aliases', 'fix-owners'], error: 'no such column: f.x' },
    'The first SQL failed (no such column: f.x); it was corrected by rule: aliases of tables (fix-aliases), the table of a column (fix-owners).',
    '最初的 SQL 运行失败（没有名为 f.x 的列），已按规则修正：表的别名（fix-aliases）、列所属的表（fix-owners）。',
  ],
  [
    { code: 'corrected', rules: [], error: 'syntax error' },
    'The first SQL failed (syntax error); it was corrected by rule: the form of the statement.',
    '最初的 SQL 运行失败（syntax error），已按规则修正：语句的书写格式。',
  ],
  [
    { code: 'another-attempt', error: 'syntax error' },
    'The first SQL failed (syntax error); another attempt of the model is shown.',
    '最初的 SQL 运行失败（syntax error），以下是模型重新生成的 SQL 的结果。',
  ],
  [
    { code: 'would-fail', error: 'no such table: company' },
    'This SQL would fail over what may be read of the database (no such table: company).',
    '在允许读取的范围内，这条 SQL 无法运行（没有名为 company 的表）。',
  ],
  [
    { code: 'another-reading', because: 'no-rows' },
    'The first SQL found nothing; another reading of the question, on which several attempts agree, is shown.',
    '最初的 SQL 没有查到数据，以下是多次生成结果一致的另一种理解。',
  ],
  [
    { code: 'another-reading', because: 'passed-over' },
    'The first SQL left out a text of the question; another reading, on which several attempts agree, is shown.',
    '最初的 SQL 漏掉了问题中的内容，以下是多次生成结果一致的另一种理解。',
  ],
  [
    { code: 'another-reading', because: 'other-adapter' },
    'The first SQL found nothing; another reading of the question, by the second adapter, is shown.',
    '最初的 SQL 没有查到数据，以下是第二个适配器给出的另一种理解。',
  ],
  [
    { code: 'another-reading', because: 'joins-everything' },
    'The first SQL joined every row with every other; another reading, on which several attempts agree, is shown.',
    '最初的 SQL 把所有行两两连接在一起，以下是多次生成结果一致的另一种理解。',
  ],
  [{ code: 'no-rows' }, 'The query ran, but found no rows.', '查询结果为空。'],
  [
    { code: 'stored-spelling' },
    'The first SQL found no rows; a text in it was replaced by its stored spelling, or sought by a part of it.',
    '最初的 SQL 查询结果为空；已将其中的文本换成数据中的写法，或改为模糊匹配。',
  ],
  [
    {
      code: 'stored-spelling',
      moved: [{ text: 'Gamma', from: 'invoice.buyer', to: 'invoice.seller' }],
    },
    "The first SQL found no rows; 'Gamma' is asked of invoice.seller in place of invoice.buyer.",
    '最初的 SQL 查询结果为空；“Gamma”改在 invoice.seller 中查找，而不是 invoice.buyer。',
  ],
  [
    { code: 'value-not-stored', column: 'company.city', text: 'Tokio' },
    "company.city holds no 'Tokio'.",
    'company.city 中没有“Tokio”。',
  ],
  [
    { code: 'passed-over', column: 'manager.degree', text: 'Master' },
    "The question says 'Master', which is stored in manager.degree; the SQL does not ask for it.",
    '问题中提到“Master”（存于 manager.degree），但 SQL 没有以它为条件。',
  ],
  [
    { code: 'ties', more: 1, orMore: false },
    '1 other row is equal to the last one shown in what they are sorted by, and left out.',
    '另有 1 行与显示的最后一行并列，没有列出。',
  ],
  [
    { code: 'ties', more: 100, orMore: true },
    '100 or more other rows are equal to the last one shown in what they are sorted by, and left out.',
    '另有 100 行以上与显示的最后一行并列，没有列出。',
  ],
  [
    { code: 'number-passed-over', text: '20 billion' },
    'The question says 20 billion; the SQL leaves it out.',
    '问题中提到 20 billion，但 SQL 没有用到它。',
  ],
  [
    {
      ...{ code: 'as-known', question: 'How much in 2023 in Asia?' },
      changes: [
        { from: '2023', to: '2024' },
        { from: 'Asia', to: 'Europe' },
      ],
    },
    "The SQL is that of the known question 'How much in 2023 in Asia?', with '2024' in place of '2023' and 'Europe' in place of 'Asia'.",
    'SQL 取自已知问题“How much in 2023 in Asia?”，并将“2023”换成“2024”，并将“Asia”换成“Europe”。',
  ],
  [
    { code: 'words-passed-over', words: ['on', 'file'] },
    "Nothing in the data explains 'on' and 'file'; the SQL is what the rest of the question says.",
    '数据中没有与“on”、“file”对应的内容，SQL 只依据问题的其余部分写成。',
  ],
  [
    { code: 'words-unexplained', words: ['arrears', 'PAR30'] },
    'Nothing in the data explains “arrears” or “PAR30”: say it with the names of tables, columns and values, or describe the column that is meant.',
    '数据中没有与“arrears”、“PAR30”对应的内容：请改用表、列或取值的名称，或为所指的列添加说明。',
  ],
  [
    { code: 'percentage-elsewhere', column: 'loan.principal', text: '80%' },
    'The question says 80%; the SQL compares it with loan.principal, which is not in percent.',
    '问题中提到 80%，但 SQL 用它与 loan.principal 比较，而该列不是百分数。',
  ],
  [
    {
      code: 'outside-data',
      text: 'last year',
      from: '2025-01-01',
      to: '2025-12-31',
      column: 'customer.joined',
      first: '2019-02-01',
      last: '2022-12-30',
    },
    "'last year' was read as 2025-01-01 to 2025-12-31, and customer.joined holds 2019-02-01 to 2022-12-30. Name the period, if you mean another.",
    '“last year”按 2025-01-01 至 2025-12-31 计算，而 customer.joined 中的数据为 2019-02-01 至 2022-12-30。如果指的是其他时间，请直接写出。',
  ],
  [
    { code: 'refers-back', text: 'them' },
    "'them' refers to nothing that was asked before. Name what is meant, or ask it in a conversation, after the question that it goes on from.",
    '无法确定“them”承接的是之前的哪个问题。请直接写出所指的内容，或在同一对话中接着相应的问题提问。',
  ],
  [
    { code: 'doubtful', percent: 27, others: null },
    'Doubtful: about 27 in 100 such answers are right. Check the SQL before you rely on the rows.',
    '结果存疑：这类回答约有 27% 是正确的。使用数据前请先核对 SQL。',
  ],
  [
    { code: 'doubtful', percent: 27, others: 2 },
    'Doubtful: about 27 in 100 such answers are right, and 2 other candidates were written. Check the SQL before you rely on the rows.',
    '结果存疑：这类回答约有 27% 是正确的，模型另外还给出了 2 个不同的候选。使用数据前请先核对 SQL。',
  ],
];

const refusals: readonly (readonly [Refusal, string, string])[] = [
  [
    { code: 'off-topic', database: 'demo', unknown: [], tables: [], more: false },
    'The database demo has no tables to ask about.',
    '数据库 demo 中没有可供查询的表。',
  ],
  [
    { code: 'off-topic', database: 'demo', unknown: ['雨'], tables: ['fund', 'nav'], more: true },
    'This does not seem to be a question about the database demo: there is nothing about “雨”. Name what you want to know of its tables: fund, nav, ….',
    '这个问题似乎与数据库 demo 无关：库中没有与“雨”相关的内容。请说明想从哪些表中了解什么，可查询的表有：fund、nav 等。',
  ],
  [
    { code: 'off-topic', database: 'demo', unknown: [], tables: ['fund'], more: false },
    'This does not seem to be a question about the database demo: it names nothing that is stored. Name what you want to know of its tables: fund.',
    '这个问题似乎与数据库 demo 无关：其中没有提到任何已存储的内容。请说明想从哪些表中了解什么，可查询的表有：fund。',
  ],
  [
    {
      code: 'off-topic',
      database: 'demo',
      unknown: ['customers'],
      tables: ['客户', '发票'],
      more: true,
    },
    'The names in the database demo are Chinese, and nothing there is called “customers”. Ask in Chinese, or with the names of its tables: 客户, 发票, ….',
    '这个问题似乎与数据库 demo 无关：库中没有与“customers”相关的内容。请说明想从哪些表中了解什么，可查询的表有：客户、发票 等。',
  ],
  [
    { code: 'not-in-data', database: 'demo', unknown: ['phone', 'shoe'] },
    'Nothing in the database demo is called “phone” or “shoe”. Ask without it, or name the table or column that you mean.',
    '数据库 demo 中没有名为“phone”、“shoe”的内容。请去掉这部分再问，或直接写出对应的表名或列名。',
  ],
  [
    { code: 'nothing-runs', error: 'no such table: x' },
    'No SQL that runs was found for this question; the draft failed with: no such table: x. Ask it in other words, or name the table or column that you mean.',
    '没有为这个问题找到可执行的 SQL，草稿的报错为：没有名为 x 的表。请换一种问法，或直接写出对应的表名或列名。',
  ],
  [
    { code: 'no-such-value', column: 'company.city', text: 'Tokio' },
    "company.city holds no 'Tokio'. Check the spelling, or ask for one that is stored.",
    'company.city 中没有“Tokio”。请检查写法，或改用数据中已有的值。',
  ],
  [
    { code: 'candidates-disagree', agreeing: 2, candidates: 8 },
    'The candidates disagree: at most 2 of 8 give the same rows. Ask for one thing at a time, with the names of the data, or check the draft.',
    '各候选的结果不一致：8 个候选中最多只有 2 个结果相同。请一次只问一件事并使用数据中的名称，或核对草稿。',
  ],
  [
    { code: 'low-confidence', percent: 3 },
    'About 3 in 100 such answers are right. Ask it in other words, or check the draft.',
    '这类回答约有 3% 是正确的，因此没有给出结果。请换一种问法，或核对草稿。',
  ],
];

const forbidden: readonly (readonly [Forbidden, string, string])[] = [
  [
    { code: 'too-long', characters: 30_000, most: 20_000 },
    'the statement has 30000 characters; at most 20000 are accepted',
    '语句有 30000 个字符，最多只能有 20000 个',
  ],
  [{ code: 'nul-character' }, 'the statement contains a NUL character', '语句中含有 NUL 字符'],
  [{ code: 'empty-statement' }, 'the statement is empty', '语句为空'],
  [
    { code: 'too-many-tokens', most: 4000 },
    'the statement has more than 4000 tokens',
    '语句中的词和符号超过 4000 个',
  ],
  [
    { code: 'not-sql', text: '"open' },
    '"\\"open" is not SQL, or a quote is not closed',
    '“"open”不是 SQL，或有引号没有闭合',
  ],
  [{ code: 'several-statements' }, 'more than one statement', '一次只能运行一条语句'],
  [
    { code: 'not-a-query', word: 'drop' },
    'the statement begins with drop; only SELECT, WITH and VALUES are run',
    '语句以 drop 开头，只能运行以 SELECT、WITH 或 VALUES 开头的查询',
  ],
  [{ code: 'open-parameters' }, 'the statement has open parameters', '语句中有未赋值的参数'],
  [{ code: 'too-deep', most: 60 }, 'more than 60 levels of parentheses', '括号嵌套超过 60 层'],
  [
    { code: 'internal-name', name: 'sqlite_master' },
    'sqlite_master is internal to SQLite',
    'sqlite_master 是 SQLite 内部使用的',
  ],
  [
    { code: 'internal-tables' },
    'the list of tables is internal to SQLite',
    '表的目录是 SQLite 内部使用的',
  ],
  [{ code: 'not-read-only' }, 'the statement does more than read', '语句不只是读取数据'],
  [
    { code: 'writes', operation: 'OpenWrite' },
    'the statement would write (OpenWrite)',
    '语句会写入数据（OpenWrite）',
  ],
  [{ code: 'other-database' }, 'the statement reads another database', '语句读取了另一个数据库'],
  [
    { code: 'schema-prefix', prefix: '"main"' },
    '"main" may not stand before a table\'s name',
    '表名前不能写 "main"',
  ],
];

describe('what is said about an answer', () => {
  it.each(cautions)('%j', (message, en, zh) => {
    expect(sentenceFor(english.cautions, message)).toBe(en);
    expect(sentenceFor(chinese.cautions, message)).toBe(zh);
  });

  it.each(refusals)('%j', (message, en, zh) => {
    expect(sentenceFor(english.refusals, message)).toBe(en);
    expect(sentenceFor(chinese.refusals, message)).toBe(zh);
  });

  it.each(forbidden)('%j', (message, en, zh) => {
    expect(sentenceFor(english.forbidden, message)).toBe(en);
    expect(sentenceFor(chinese.forbidden, message)).toBe(zh);
  });

  it('tells of a refused statement, and shows it where the reader did not write it', () => {
    const reason: Forbidden = { code: 'several-statements' };
    expect(sayRefused(reason, null, 'en')).toBe('Refused: more than one statement.');
    expect(sayRefused(reason, 'a; b', 'en')).toBe('Refused: more than one statement. SQL: a; b');
    expect(sayRefused(reason, null, 'zh')).toBe('该语句未被执行：一次只能运行一条语句。');
    expect(sayRefused(reason, 'a; b', 'zh')).toBe(
      '该语句未被执行：一次只能运行一条语句。SQL：a; b',
    );
  });

  it('is tested for every code of every language', () => {
    for (const language of LANGUAGES) {
      const wording = wordingOf(language);
      const codes = (pairs: readonly (readonly [{ code: string }, ...unknown[]])[]) =>
        new Set(pairs.map(([{ code }]) => code));
      expect(new Set(Object.keys(wording.cautions))).toEqual(codes(cautions));
      expect(new Set(Object.keys(wording.refusals))).toEqual(codes(refusals));
      expect(new Set(Object.keys(wording.forbidden))).toEqual(codes(forbidden));
    }
  });

  it.each([
    ['rule of calibration', 'rules', ['', ...RULES.map(({ name }) => name)]],
    ['rule of dialogue', 'followUps', FOLLOW_UP_RULES.map(({ name }) => name)],
    ['retriever', 'retrievers', RETRIEVERS.map(({ name }) => name)],
  ] as const)('names every %s, and nothing else', (_what, part, names) => {
    for (const language of LANGUAGES) {
      const words = wordingOf(language)[part];
      expect(Object.keys(words).sort()).toEqual([...names].sort());
      for (const phrase of Object.values(words)) {
        expect(phrase).not.toBe('');
        expect(/\p{Script=Han}/u.test(phrase)).toBe(language === 'zh');
      }
    }
  });
});

describe('languageOf', () => {
  it.each([
    ['Which funds are open?', 'en'],
    ['哪些基金还在发售？', 'zh'],
    ['What is the size of 华夏成长?', 'zh'],
    ['2023?', 'en'],
    ['ETF的规模', 'zh'],
  ])('%s: %s', (question, language) => {
    expect(languageOf(question)).toBe(language);
  });
});

describe('sqliteInChinese', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the work throws, in Chinese. */
  const said = (work: () => void) => {
    try {
      work();
      return '';
    } catch (error) {
      return sqliteInChinese((error as Error).message);
    }
  };
  const runs = (sql: string) => () => {
    const database = new Database(':memory:');
    try {
      database.exec('create table t (a, b); create table 基金 (a)');
      const statement = database.prepare(sql);
      if (statement.reader) statement.all();
      else statement.run();
    } finally {
      database.close();
    }
  };

  it.each([
    ['select c from t', '没有名为 c 的列'],
    ['select 1 from u', '没有名为 u 的表'],
    ['select 1 from 债券', '没有名为债券的表'],
    ['select f(a) from t', '没有名为 f 的函数'],
    ['select a from t, 基金', '列名 a 不明确，有多个表含有该列'],
    ['select from t', '“from”附近有语法错误'],
    ["select 'a", "无法识别“'a”"],
    ["select 'a\n", "无法识别“'a\n”"],
    ['select 1 from t where count(a) > 1', '聚合函数 count() 用在了不允许的位置'],
    ['select sum(sum(a)) from t', '聚合函数 sum() 用在了不允许的位置'],
    ['select 1 from t where rank() over ()', '窗口函数 rank() 用在了不允许的位置'],
    ['select upper(a, b) from t', '函数 upper() 的参数个数不对'],
    ['select upper(a) over () from t', 'upper() 不能用作窗口函数'],
    ['select', '语句不完整'],
    ['select a from t limit a', '没有名为 a 的列'],
    ['select a from t where b = "x"', '没有名为 "x" 的列；如果是文本，应写在单引号中'],
    ['select * from t(1)', 't 不是函数'],
    ['select a from t order by a collate pinyin', '没有名为 pinyin 的排序规则'],
    ['select sum(a) over w from t', '没有名为 w 的窗口'],
    ['select a from t group by count(a)', 'GROUP BY 中不能使用聚合函数'],
    ['select a from t having a > 1', '没有分组也没有聚合的查询不能使用 HAVING'],
    ['select (1, 2) from t', '括号中的多个值用在了只能有一个值的位置'],
    ['select a from t order by 2', 'ORDER BY 第 1 项的序号超出范围，应在 1 到 1 之间'],
    ['select a from t union select b from t order by c', 'ORDER BY 的第 1 项不是结果中的列'],
    ['select a from t union select a, b from t', 'UNION 两边的查询列数不同'],
    ['select a from t order by a union select b from t', 'ORDER BY 应写在 UNION 之后'],
    ['select 1 from t where a in (select a, b from t)', '子查询返回 2 列，应为 1 列'],
    ['values (1), (1, 2)', 'VALUES 各行的值个数应相同'],
    ['with c(x, y) as (select 1) select * from c', '表 c 有 2 列，却给出了 1 个值'],
    ['with c(x) as (select x from c) select * from c', 'c 循环引用自身'],
    ['select *', '没有指定表'],
    ['select 1; select 2', '不止一条语句'],
    ['-- nothing', '语句为空'],
    ['select 1 from t join 基金 using (b)', '不能用 b 关联：两个表并非都有该列'],
    ['select group_concat(distinct a, b) from t', '含 DISTINCT 的聚合函数只能有一个参数'],
    [`select 1${' + 1'.repeat(1500)}`, '表达式嵌套过深，最多 1000 层'],
    [`select ${Array(2100).fill(1)}`, '结果的列过多'],
    [Array(600).fill('select 1').join(' union all '), '用 UNION 等合并的查询过多'],
    [`select 1 from ${Array.from({ length: 65 }, (_, i) => `t as t${i}`)}`, '一次最多连接 64 个表'],
    ['select abs(-9223372036854775808)', '整数超出范围'],
    ["select json('{')", 'JSON 格式有误'],
    ['select zeroblob(2000000000)', '单个值过大'],
  ])('%s', (sql, chinese) => {
    expect(said(runs(sql))).toBe(chinese);
  });

  const file = join(folder, 'a.sqlite');
  const open = (path: string, options: object, sql: string) => {
    const database = new Database(path, { timeout: 0, ...options });
    try {
      database.exec(sql);
    } finally {
      database.close();
    }
  };

  it.each<[string, () => void, string]>([
    [
      'a file that is none',
      () => {
        writeFileSync(join(folder, 'text'), 'words'.repeat(200));
        open(join(folder, 'text'), {}, 'select * from sqlite_master');
      },
      '文件不是数据库',
    ],
    ['a folder', () => open(folder, {}, 'select 1'), '无法打开数据库文件'],
    [
      'a place that is not there',
      () => open(join(folder, 'no', 'a.sqlite'), {}, ''),
      '数据库所在的文件夹不存在',
    ],
    [
      'one that may only be read',
      () => {
        open(file, {}, 'create table if not exists t (a)');
        open(file, { readonly: true }, 'insert into t values (1)');
      },
      '数据库是只读的',
    ],
    [
      'one that another writes to',
      () => {
        const other = new Database(file);
        try {
          other.exec('create table if not exists t (a); begin immediate');
          open(file, {}, 'insert into t values (1)');
        } finally {
          other.close();
        }
      },
      '数据库正被其他程序占用',
    ],
    [
      'one that is damaged',
      () => {
        const path = join(folder, 'damaged.sqlite');
        open(path, {}, 'create table t (a); insert into t values (1)');
        writeFileSync(path, readFileSync(path).fill(0xff, 4096));
        open(path, {}, 'select * from t');
      },
      '数据库文件的内容已损坏',
    ],
  ])('%s', (_case, work, chinese) => {
    expect(said(work)).toBe(chinese);
  });

  it.each(['something new', 'no such thing: a', 'toString', ''])(
    'leaves as it is: %s',
    (message) => {
      expect(sqliteInChinese(message)).toBe(message);
    },
  );
});

describe('spaced', () => {
  it('has a blank only where one side is not Chinese', () => {
    expect(spaced`按 ${'size'} 分组`).toBe('按 size 分组');
    expect(spaced`按 ${'记录数'} 分组`).toBe('按记录数分组');
    expect(spaced`${'n'} ${'在'} ${'1'} 到 ${'最大值'} 之间`).toBe('n 在 1 到最大值之间');
    expect(spaced`${"'上海'"} 和 ${'总部（城市）'} 等`).toBe("'上海' 和总部（城市）等");
  });
});
