import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planTransfer, transferConfig, WAYS } from './plan.ts';
import { writeQuestionFiles } from './question-files.ts';

const config = transferConfig.parse({
  questions: 'train.json',
  dev: 'dev.json',
  databases: 'database',
  sources: ['funds', 'macro'],
  source_examples: 3,
  target: 'stocks',
  shots: [2, 4],
  scored: 2,
});
const files = {
  source: (db: string) => `${db}.json`,
  shots: (k: number) => `${k}.json`,
  dev: 'dev',
};

describe('planTransfer', () => {
  const steps = planTransfer(config, files, 'x');

  it('scores every way with every number of questions once', () => {
    const scored = steps.flatMap((step) =>
      step.kind === 'score' ? [`${step.way} ${step.k}`] : [],
    );
    const expected = config.shots.flatMap((k) => WAYS.map((way) => `${way} ${k}`));
    expect([...scored].sort()).toEqual(expected.sort());
  });

  it('makes every adapter before something reads it', () => {
    const made = new Set(['none']);
    for (const { args, ...step } of steps) {
      const adapters = args.flatMap((word, i) =>
        ['--from', '--adapter'].includes(args[i - 1] ?? '') || /^x-(funds|macro)$/.test(word)
          ? [word]
          : [],
      );
      const own = step.kind === 'make' ? step.adapter : null;
      for (const name of adapters.filter((adapter) => adapter !== own))
        expect(made).toContain(name);
      if (step.kind === 'make') made.add(step.adapter);
    }
    expect(made.size).toBe(1 + 2 + 1 + 2 * 4);
  });
});

describe('writeQuestionFiles', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-transfer-'));
    const questions = ['funds', 'macro', 'stocks'].flatMap((db) =>
      Array.from({ length: 5 }, (_, i) => ({
        question: `${db} ${i}`,
        db_id: db,
        query: 'select 1',
      })),
    );
    for (const name of ['train', 'dev']) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(questions));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (path: string) => join(folder, path);
  const questionsOf = (path: string) =>
    (JSON.parse(readFileSync(path, 'utf8')) as { question: string }[]).map(
      ({ question }) => question,
    );

  it('draws shots that contain each other, sources apart and the scored of the target alone', () => {
    const written = writeQuestionFiles(config, join(folder, 'out'), read);
    const [two, four] = [questionsOf(written.shots(2)), questionsOf(written.shots(4))];
    expect(two).toHaveLength(2);
    expect(four.slice(0, 2)).toEqual(two);
    expect(questionsOf(written.source('funds')).every((name) => name.startsWith('funds'))).toBe(
      true,
    );
    expect(questionsOf(written.source('funds'))).toHaveLength(3);
    expect(questionsOf(written.dev)).toEqual(['stocks 0', 'stocks 1']);
  });

  it('names every database with too few questions at once', () => {
    const greedy = { ...config, shots: [9], sources: ['funds', 'nowhere'] };
    expect(() => writeQuestionFiles(greedy, join(folder, 'no'), read)).toThrow(
      'Too few questions: stocks: 5 of 9; nowhere: 0 of 1.',
    );
  });
});
