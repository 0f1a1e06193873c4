import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1, timeoutMs: 2000 });
afterAll(() => {
  executor.close();
  remove();
});

const byCity = 'select city, count(*) from company';
const byYear = "select count(*) from fund where strftime('%Y', opened) = '2018'";
const finSql = createFinSql({
  wordByWord: false,
  generator: scriptedGenerator({
    每个城市有多少家基金公司: [byCity],
    'How many companies of each city are there?': [byCity],
    规模最大的基金是哪只: ['select fund_name from fund order by size desc limit 1'],
    规模最大的两只基金是哪只: ['select fund_name from fund order by size desc limit 2'],
    城市为东京的公司有几家: ["select count(*) from company where city = '东京'"],
  }),
  executor,
});
const texts = ({ warnings }: { warnings: readonly { text: string }[] }) =>
  warnings.map(({ text }) => text);

describe('the language of an answer', () => {
  it('is Chinese for a question in Chinese', async () => {
    const answer = await finSql.ask('每个城市有多少家基金公司', file);
    expect(answer.language).toBe('zh');
    expect(answer.explanation).toEqual([
      '读取 company（基金公司）。',
      '按 city 分组。',
      '显示 city 和记录数。',
    ]);
    expect(answer.warnings).toEqual([
      { code: 'corrected', text: 'SQL 已按规则修正：缺少的分组（group-selected）。' },
    ]);
    const truncated = await finSql.ask('城市为东京的公司有几家', file);
    expect(texts(truncated)).toEqual(['company.city 中没有“东京”。']);
  });

  it('is English for one in English', async () => {
    const answer = await finSql.ask('How many companies of each city are there?', file);
    expect(answer.language).toBe('en');
    expect(texts(answer)[0]).toMatch(/^The SQL was corrected/);
  });

  it('is the one that is asked for, before that of the pipeline', async () => {
    const question = 'How many companies of each city are there?';
    const chinese = await finSql.ask(question, file, { language: 'zh' });
    expect([chinese.language, texts(chinese)[0]]).toEqual([
      'zh',
      'SQL 已按规则修正：缺少的分组（group-selected）。',
    ]);
    const speaking = createFinSql({
      wordByWord: false,
      generator: scriptedGenerator({ [question]: [byCity] }),
      executor,
      language: 'zh',
    });
    expect((await speaking.ask(question, file)).language).toBe('zh');
    expect((await speaking.ask(question, file, { language: 'en' })).language).toBe('en');
  });

  it('is that of the reason for no answer, which its trace tells, too', async () => {
    const answer = await finSql.ask('明天北京会下雨吗？', file);
    expect(answer).toMatchObject({ kind: 'abstained', language: 'zh', explanation: [] });
    const reason = answer.abstained?.reason ?? '';
    expect(reason).toMatch(/^这个问题似乎与数据库 fund 无关：.*可查询的表有：company、fund/);
    expect(answer.warnings[0]).toEqual({ code: 'off-topic', text: reason });
    expect(answer.trace.at(-1)?.detail).toMatchObject({ code: 'off-topic', reason });
    const english = await finSql.ask('明天北京会下雨吗？', file, { language: 'en' });
    expect(english.abstained?.reason).toMatch(/^This does not seem/);
  });

  it('is that of the thread for a follow-up without words of its own', async () => {
    const thread = [{ question: '2018年成立的基金有几只？', sql: byYear }];
    const answer = await finSql.ask('2015?', file, { thread });
    expect(answer.standalone_question).toBe('2015年成立的基金有几只？');
    expect(answer.language).toBe('zh');
  });

  it('names what is missing by runs of characters, not by their pairs', async () => {
    const { abstained } = await finSql.ask('火星探测器的轨道高度', file);
    expect(abstained?.reason).toContain('“火星探测器');
  });

  it('must be one of those that there are', () => {
    const options = { generator: scriptedGenerator({}), executor, language: 'fr' as 'en' };
    expect(() => createFinSql(options)).toThrow(expect.objectContaining({ code: 'bad-config' }));
  });
});
