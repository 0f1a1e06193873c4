import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

/** Asks of a database about which nothing is known, with figures that give a draft one chance in twenty. */
async function ask(question: string, sql = 'select fund_name from fund', known = 0) {
  const coefficients = { intercept: -3, sureness: 0, agreement: 0, repaired: 0 };
  const figures = { coefficients, questions: 100 };
  const finSql = createFinSql({
    ...{ generator: scriptedGenerator({}, sql), executor, samples: 0, minCoverage: 0 },
    confidence: { single: figures, unfamiliar: figures },
    exemplars: Array.from({ length: known }, (_, i) => ({
      ...{ db: 'fund', question: `Is there a city ${i}?`, sql: `select ${i} from fund` },
    })),
    minConfidence: 0.01,
  });
  const { warnings } = await finSql.ask(question, file);
  return warnings.filter(({ code }) => code === 'words-unexplained').map(({ text }) => text);
}

describe('words that nothing explains', () => {
  it('are told beside an answer that is likely wrong, as they are written', async () => {
    expect(await ask('Which fund has the finest Arrears and turnover?')).toEqual([
      'Nothing in the data explains “finest”, “Arrears” or “turnover”: say it with the names of tables, columns and values, or describe the column that is meant.',
    ]);
  });

  it('and beside the reason where there is none', async () => {
    const told = await ask('Which fund has the finest fund name?', 'select nonsense from fund');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('“finest”');
  });

  it.each([
    ['of a question that is read off', 'Which fund has the largest size?', 0],
    ['where each word has a meaning', 'Which fund has the largest of each city and manager?', 0],
    ['where they are many', 'Which finest fund would dance tango around every morning?', 0],
    ['of a database that is known', 'Which fund has the finest Arrears?', 60],
  ])('not %s', async (_, question, known) => {
    expect(await ask(question, undefined, known)).toEqual([]);
  });
});
