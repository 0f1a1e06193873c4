import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Adapter,
  attachTuner,
  engine,
  type LanguageModel,
  loadEngine,
  seededRandom,
  TrunkCache,
  train,
} from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { areaUnderRoc } from '../metrics/ranking.ts';
import { labelLogLikelihoods } from '../scoring/label-log-likelihoods.ts';
import { labelPrompt } from '../scoring/label-prompt.ts';
import { promptOf } from './choice-example.ts';
import { readChoices } from './read-choices.ts';
import { tableExamples } from './table-examples.ts';
import { type TuningEvent, tuneOnRows } from './tune-on-rows.ts';
import { tunedScorer } from './tuned-scorer.ts';
import { type TuningConfig, tuningConfig } from './tuning-config.ts';
import { upperLayersOnly } from './upper-layers.ts';

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());

const notes = Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'red' : 'blue'} no. ${i}`);
const labels = Int32Array.from(notes, (_, i) => i % 2);
const asked = { question: 'Sold?', style: 'paper' } as const;
const examplesOf = (words: readonly string[]) =>
  tableExamples(
    labelPrompt({ ...asked, words, tokenizer: model.tokenizer as never }),
    notes,
    labels,
  );
const quick = { batch_size: 4, learning_rate: 0.02, num_train_epochs: 8, save_steps: 4 };

describe('readChoices', () => {
  let adapter: Adapter;
  beforeEach(() => {
    const settings = { r: 2, target_modules: 'all-linear', ...upperLayersOnly(model, 1) };
    adapter = attachTuner(
      model,
      'lora',
      { ...settings, init_lora_weights: false },
      seededRandom(1),
    );
  });
  afterEach(() => adapter.detach());

  it.each([[['No', 'Yes']], [['Good', 'Very good', 'Very bad', 'Goo']]])(
    'reads what scoring reads: %j',
    (words) => {
      const examples = examplesOf(words).slice(0, 3);
      const trunk = new TrunkCache(model, () => adapter.parameters());
      const [first, again] = [1, 2].map(() => [
        ...engine().tf.tidy(() => readChoices(model, examples, trunk).dataSync()),
      ]);
      trunk.dispose();
      expect(again).toEqual(first);
      const plan = examples[0]?.plan.labels ?? [];
      const scores = labelLogLikelihoods(
        model,
        examples.map(promptOf),
        plan.map(({ tokens }) => tokens),
        { tokens: 'all' },
      );
      let at = 0;
      for (const row of scores) {
        for (const [c, score] of row.entries()) {
          const end = at + (plan[c]?.tokens.length ?? 0);
          const sum = first?.slice(at, end).reduce((all, value) => all + value, 0);
          expect(sum).toBeCloseTo(score, 4);
          at = end;
        }
      }
      expect(at).toBe(first?.length);
    },
  );
});

describe('tuneOnRows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-tune-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(
    config: Partial<TuningConfig>,
    {
      checkpoints,
      until = Number.POSITIVE_INFINITY,
    }: { checkpoints?: string; until?: number } = {},
  ): Promise<TuningEvent[]> {
    const settings = { r: 4, target_modules: 'all-linear', ...upperLayersOnly(model, 1) };
    const adapter = attachTuner(model, 'lora', settings, seededRandom(1));
    const controller = new AbortController();
    const events: TuningEvent[] = [];
    const options = { signal: controller.signal, ...(checkpoints && { checkpoints }) };
    const all = tuningConfig.parse({ ...quick, ...config });
    try {
      for await (const event of tuneOnRows(
        model,
        adapter,
        examplesOf(['No', 'Yes']),
        all,
        options,
      )) {
        events.push(event);
        if (event.type === 'step' && event.step >= until) controller.abort();
      }
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      adapter.detach();
    }
    return events;
  }
  const steps = (events: readonly TuningEvent[]) =>
    events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));

  it('learns the rows and stops when it has', async () => {
    const events = await run({ num_train_epochs: 60, learned_loss: 0.3 });
    const losses = steps(events);
    expect(losses[0]).toBeGreaterThan(1.5);
    expect(events.at(-1)).toMatchObject({ type: 'settled', step: losses.length });
    expect(losses.length % 3).toBe(0);
    expect(losses.length).toBeLessThan(180);
  });

  it('goes on after a stop on the same losses, to the very same end', async () => {
    const config = { learned_loss: 0, patience: 4, learning_rate: 0.05, num_train_epochs: 12 };
    const whole = await run(config);
    const before = await run(config, { checkpoints: folder, until: 5 });
    const after = await run(config, { checkpoints: folder });
    expect(after[0]).toEqual({ type: 'resumed', step: 5, losses: steps(before) });
    const [losses, wanted] = [[...steps(before), ...steps(after)], steps(whole)];
    expect(losses).toHaveLength(wanted.length);
    // On processors without AVX-512 they differ by 1e-7.
    for (const [i, loss] of losses.entries()) expect(loss).toBeCloseTo(wanted[i] as number, 5);
    expect(after.at(-1)?.type).toBe(whole.at(-1)?.type === 'settled' ? 'settled' : 'checkpoint');
  });

  it('ends at once where the last epoch before a stop has settled it', async () => {
    const config = tuningConfig.parse({ ...quick, learned_loss: 100 });
    const adapter = attachTuner(model, 'lora', { r: 2 }, seededRandom(1));
    const examples = examplesOf(['No', 'Yes']);
    try {
      for await (const event of train(model, adapter, examples, config, { checkpoints: folder })) {
        if (event.type === 'checkpoint' && event.step % 3 === 0) break;
      }
      const events: TuningEvent[] = [];
      for await (const event of tuneOnRows(model, adapter, examples, config, {
        checkpoints: folder,
      })) {
        events.push(event);
      }
      expect(events.map(({ type }) => type)).toEqual(['resumed', 'settled']);
    } finally {
      adapter.detach();
    }
  });

  it('counts rows by the weight of their class', async () => {
    const whole = { max_steps: 1, batch_size: 12 };
    const even = await run(whole);
    const first = await run({ ...whole, class_weights: [1, 1e-6] });
    const second = await run({ ...whole, class_weights: [1e-6, 1] });
    const mean = ((steps(first)[0] as number) + (steps(second)[0] as number)) / 2;
    expect(steps(even)[0]).toBeCloseTo(mean, 4);
  });
});

describe('tunedScorer', () => {
  it.each(['lora', 'ia3'])('scores other rows better than the base: %s', async (method) => {
    const { tf } = engine();
    const before = tf.memory().numTensors;
    const rows = notes.map((note) => [note]);
    const others = Array.from({ length: 20 }, (_, i) => [
      `${i % 2 ? 'red' : 'blue'} no. ${30 + i}`,
    ]);
    const { score, steps, close } = await tunedScorer({
      ...asked,
      model,
      words: ['No', 'Yes'],
      write: ([cell]) => cell as string,
      rows,
      labels,
      method,
      settings: method === 'lora' ? { r: 4, target_modules: 'all-linear' } : {},
      config: tuningConfig.parse({ ...quick, learning_rate: 0.05, num_train_epochs: 20 }),
    });
    const margins = score(others).map(([no = 0, yes = 0]) => yes - no);
    expect(
      areaUnderRoc(
        margins,
        others.map((_, i) => i % 2 === 1),
      ),
    ).toBeGreaterThan(0.9);
    expect(steps.length).toBeGreaterThan(5);
    close();
    expect(tf.memory().numTensors).toBe(before);
  });
});
