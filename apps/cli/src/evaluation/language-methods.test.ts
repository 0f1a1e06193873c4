import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engine, type LanguageModel, loadEngine, openHub, openLanguageModel } from '@quaestor/peft';
import { writeRandomAdapter } from '@quaestor/peft/testing';
import { type ComparedCell, compareMethods, type TuningConfig } from '@quaestor/tabllm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeMachine } from '../bench/machine.ts';
import { writeCharacterModel } from '../testing/character-model.ts';
import { readComparison, writeComparison } from './comparison-file.ts';
import { languageMethods } from './language-methods.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-language-methods-'));
const folders = ['colour', 'shape'].map((name, set) => {
  const path = join(folder, name);
  const words = set ? ['round', 'flat'] : ['blue', 'red'];
  const rows = Array.from({ length: 80 }, (_, i) => `${words[i % 2]},${(i * 7) % 10},${i % 2}`);
  mkdirSync(path);
  writeFileSync(join(path, 'rows.csv'), [`${name},n,label`, ...rows].join('\n'));
  return path;
});

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  writeCharacterModel(join(folder, 'tiny'));
  // The engine chooses by speed, and a loaded machine may choose otherwise.
  model = await openLanguageModel(join(folder, 'tiny'), { precision: 'float32' });
});
afterAll(() => {
  model.dispose();
  rmSync(folder, { recursive: true });
});

/** Where the random weights of the tiny model can learn something in a second. */
const quick: Partial<TuningConfig> = { learning_rate: 0.05, num_train_epochs: 6, layers: 0 };

interface Run {
  /** Names in the hub. */
  readonly adapters?: readonly string[];
  readonly tuning?: Partial<TuningConfig>;
  readonly known?: readonly ComparedCell[];
  readonly names?: readonly string[];
  readonly onCell?: (cell: ComparedCell) => void;
  /** Stops while the n-th task is tuned. */
  readonly stopIn?: number;
}

const hub = join(folder, 'hub');
/** A random adapter that says it has learned from these files. */
function store(name: string, seed: number, csv?: readonly string[]): void {
  writeRandomAdapter(model, join(hub, name), seed);
  const card = { recipe: csv && { csv } };
  writeFileSync(join(hub, name, 'quaestor.json'), JSON.stringify(card));
}

async function cellsOf({ adapters = [], tuning = quick, known, names, onCell, stopIn }: Run) {
  const controller = new AbortController();
  let tasks = 0;
  const methods = languageMethods(async () => model, {
    adapters: adapters.map((name) => openHub([hub]).get(name)),
    tuning,
    onTuning: (_, __, event) => {
      if (event.type === 'step' && event.step === 1) tasks++;
      if (tasks === stopIn) controller.abort();
    },
  }).filter(({ name }) => names?.includes(name) ?? !['ours', 'LM + tables'].includes(name));
  const cells: ComparedCell[] = [...(known ?? [])];
  const options = { folders, methods, shots: [0, 16], seeds: [1], testRows: 12 };
  try {
    for await (const cell of compareMethods({
      ...options,
      known: [...cells],
      signal: controller.signal,
    })) {
      cells.push(cell);
      onCell?.(cell);
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
  return cells;
}

describe('languageMethods', () => {
  it('ranks rows better once it is tuned on some, and gives the base back after each task', async () => {
    const { tf } = engine();
    const tensors: number[] = [];
    const cells = await cellsOf({ onCell: () => tensors.push(tf.memory().numTensors) });
    expect(cells.map(({ set, method, k }) => `${set}: ${method} ${k}`)).toEqual([
      'colour: LM zero-shot 0',
      'colour: LM + IA3 16',
      'colour: LM + LoRA 16',
      'shape: LM zero-shot 0',
      'shape: LM + IA3 16',
      'shape: LM + LoRA 16',
    ]);
    for (const [untuned, ...tuned] of [cells.slice(0, 3), cells.slice(3)]) {
      for (const { auc, tuning, scoring, seconds } of tuned) {
        expect(auc).toBeGreaterThan((untuned as ComparedCell).auc);
        expect(auc).toBeGreaterThan(0.9);
        expect(tuning).toBeGreaterThan(0);
        expect((tuning as number) + (scoring as number)).toBeLessThanOrEqual(seconds);
      }
      expect(untuned).toMatchObject({ rows: 12, scoring: expect.any(Number) });
      expect(untuned).not.toHaveProperty('tuning');
    }
    expect(new Set(tensors).size).toBe(1);
    const alone = await cellsOf({ names: ['LM zero-shot'] });
    expect(alone.map(({ auc }) => auc)).toEqual([cells[0]?.auc, cells[3]?.auc]);
  });

  it('is asked about the columns of a set once, for all numbers of labels', async () => {
    const cells = await cellsOf({ names: ['ours'] });
    expect(cells.map(({ set, k }) => `${set} ${k}`)).toEqual([
      ...['colour 0', 'colour 16', 'shape 0', 'shape 16'],
    ]);
    for (const { k, auc } of cells) if (k === 16) expect(auc).toBe(1);
    expect(await cellsOf({ names: ['ours'], known: cells })).toEqual(cells);
  });

  it('is asked as the question of the set says', async () => {
    const file = join(folder, 'colour', 'question.json');
    writeFileSync(file, JSON.stringify({ question: 'Which?', words: ['same', 'same'] }));
    try {
      for (const name of ['LM zero-shot', 'LM + IA3']) {
        await expect(cellsOf({ names: [name] })).rejects.toThrow(/no two the same/);
      }
    } finally {
      rmSync(file);
    }
  });

  it('asks about each set with an adapter that has not learned from it', async () => {
    store('from-colour', 1, ['sets/colour/rows.csv']);
    store('from-shape', 2, ['sets/shape/rows.csv', 'other.csv']);
    store('silent', 3);
    const ask = async (...adapters: string[]) => {
      const cells = await cellsOf({ adapters, names: ['LM + tables'] });
      expect(cells.map(({ set, k }) => `${set} ${k}`)).toEqual(['colour 0', 'shape 0']);
      return cells.map(({ auc }) => auc);
    };
    const [colour, shape] = await ask('from-colour', 'from-shape');
    expect(await ask('from-shape', 'from-colour')).toEqual([colour, shape]);
    store('from-neither', 2, ['other.csv']);
    expect((await ask('from-neither'))[0]).toBe(colour);
    const untuned = await cellsOf({ names: ['LM zero-shot'] });
    expect([colour, shape]).not.toEqual(untuned.map(({ auc }) => auc));
    await expect(ask('silent', 'from-colour')).rejects.toThrow(
      /has not learned from colour; --adapter gave silent, from-colour/,
    );
  });

  it('goes on after a stop to the same file', async () => {
    const machine = await describeMachine();
    const limits = { testRows: 12, maxSteps: 4 };
    const sets = [{ name: 'colour', givenSplits: false }];
    const write = (name: string, cells: readonly ComparedCell[]) =>
      writeComparison(join(folder, name), { sets, ...limits, seeds: [1] }, machine, cells);
    const tuning = { ...quick, learning_rate: 0.001, max_steps: 4 };
    const whole = await cellsOf({ tuning });
    // Half learned, so that another course of the tuning would show.
    expect(whole.find(({ method }) => method === 'LM + LoRA')?.auc).toBeLessThan(1);
    write('whole.json', whole);
    const begun = await cellsOf({ tuning, stopIn: 3 });
    expect(begun).toHaveLength(4);
    write('parts.json', begun);
    const known = readComparison(join(folder, 'parts.json'), limits);
    write('parts.json', await cellsOf({ tuning, known }));
    expect(withoutTimes('parts.json')).toBe(withoutTimes('whole.json'));
    expect(() => readComparison(join(folder, 'parts.json'), { ...limits, maxSteps: null })).toThrow(
      /it was tuned for 4 steps/,
    );
  });
});

function withoutTimes(name: string): string {
  const times = /("(?:date|seconds|tuning|scoring)":) ?("[^"]*"|[\d.]+)/g;
  return readFileSync(join(folder, name), 'utf8').replace(times, '$1');
}
