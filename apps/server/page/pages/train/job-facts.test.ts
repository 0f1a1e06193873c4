import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import { classifyParams } from '../../../src/jobs/kinds/classify-params.ts';
import { composeParams } from '../../../src/jobs/kinds/compose.ts';
import { evaluateParams } from '../../../src/jobs/kinds/evaluate.ts';
import { importParams } from '../../../src/jobs/kinds/import.ts';
import { indexParams } from '../../../src/jobs/kinds/index-database.ts';
import { searchParams } from '../../../src/jobs/kinds/search.ts';
import { trainParams } from '../../../src/jobs/kinds/train.ts';

// The browser's own store, where the page keeps the language that was chosen.
vi.stubGlobal('localStorage', { getItem: () => 'en' });
const { jobFacts } = await import('./job-facts.ts');
const { text } = await import('./job-fields.ts');
const { language } = await import('../../parts/language.ts');

const TRAINED = {
  adapter: 'mine',
  data: { questions: 20, approved: 3, held_out: 1, without_database: 0 },
  examples: 40,
  skipped: 0,
  steps: 12,
  seconds: 95,
  tokens_per_second: 81.234,
  peak_memory: 1_500_000_000,
};
const MEASURED = {
  adapter: 'mine',
  set: 'dev',
  accuracy: 62.5,
  median_ms: 1234,
  databases: [{ db: 'fund', scored: 8, correct: 5, accuracy: 62.5 }],
};

describe('what a job was told and what came of it', () => {
  beforeAll(() => {
    language.value = 'en';
  });

  it('has a name for every parameter of every kind, in both languages', () => {
    const kinds = [
      trainParams,
      evaluateParams,
      composeParams,
      searchParams,
      classifyParams,
      importParams,
      indexParams,
    ];
    const names = new Set(kinds.flatMap((kind) => Object.keys((kind as z.ZodObject).shape)));
    for (const { fields } of Object.values(text)) {
      expect([...names].filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
    }
    expect(Object.keys(text.zh.fields)).toEqual(Object.keys(text.en.fields));
  });

  it('is said with units, and with what stands within', () => {
    expect(Object.fromEntries(jobFacts(TRAINED))).toEqual({
      Adapter: 'mine',
      Questions: '20',
      'Approved here': '3',
      'Left out, because they measure accuracy': '1',
      'Left out, without a database': '0',
      'Training examples': '40',
      'Questions passed over': '0',
      Steps: '12',
      Time: '1 min 35 s',
      'Tokens a second': '81.234',
      'Most memory': '1.5 GB',
    });
  });

  it('is said in Chinese', () => {
    language.value = 'zh';
    expect(jobFacts(MEASURED)).toEqual([
      ['适配器', 'mine'],
      ['评测问题集', 'dev'],
      ['正确率', '62.5 %'],
      ['单题用时（中位数）', '1.2 s'],
      ['数据库', 'fund（8 题中 5 题正确）'],
    ]);
    expect(jobFacts({ replace: true, explain: false, max_steps: null })).toEqual([
      ['允许覆盖同名适配器', '是'],
      ['给出理由', '否'],
    ]);
    language.value = 'en';
  });

  it('is shown although it has no name, and cut where it is long', () => {
    expect(jobFacts({ new_figure: 1.5, weights: [0.25, -1] })).toEqual([
      ['new figure', '1.5'],
      ['Weights', '0.25, -1'],
    ]);
    const [[, shown] = []] = jobFacts({ report: [{ a: 'x'.repeat(500) }] });
    expect(shown?.length).toBe(161);
  });
});
