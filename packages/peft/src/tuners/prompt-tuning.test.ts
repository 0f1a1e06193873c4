import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import { hiddenRows, type LanguageModel, logits } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { adapterState, attachTuner } from './index.ts';
import { joinTasks, splitTasks } from './tasks.ts';
import type { Adapter } from './tuner.ts';

const { tf } = await loadEngine();
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});

const attach = (config: Record<string, unknown>, seed = 1): Adapter =>
  attachTuner(model, 'prompt-tuning', config, seededRandom(seed));
const sequences = [[72, 101, 108], [1, 2, 3, 4], [9]];

/** Logits of every row of the sequences. */
function output(of: readonly number[][], tags?: readonly number[]): Float32Array {
  return sequenceLogits(model, of, tags);
}

describe('where a prompt starts', () => {
  let adapter: Adapter | undefined;
  afterEach(() => {
    adapter?.detach();
    adapter = undefined;
  });
  const rows = (config: Record<string, unknown>): number[][] => {
    adapter = attach(config);
    return adapter.state().get('prompt_embeddings')?.arraySync() as number[][];
  };

  it('RANDOM is the standard normal distribution', () => {
    const values = rows({ num_virtual_tokens: 200 }).flat();
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const square = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
  });

  it('SAMPLE_VOCAB takes rows of the embedding', () => {
    const embedding = (model.embedding.arraySync() as number[][]).map(String);
    const sampled = rows({ num_virtual_tokens: 30, prompt_tuning_init: 'SAMPLE_VOCAB' }).map(
      String,
    );
    for (const row of sampled) expect(embedding).toContain(row);
    expect(new Set(sampled).size).toBeGreaterThan(20);
  });

  it.each([
    [2, 'Hello', [72, 101]],
    [7, 'Hi!', [72, 105, 33, 72, 105, 33, 72]],
  ])('TEXT fills %i tokens from %j', (num_virtual_tokens, text, ids) => {
    const embedding = model.embedding.arraySync() as number[][];
    const config = {
      num_virtual_tokens,
      prompt_tuning_init: 'TEXT',
      prompt_tuning_init_text: text,
    };
    expect(rows(config)).toEqual(ids.map((id) => embedding[id]));
    expect(adapter?.config.tokenizer_name_or_path).toBe('tiny');
  });
});

describe('a prompt that does not fit', () => {
  it.each([
    [{ prompt_tuning_init: 'TEXT' }, /prompt_tuning_init_text: TEXT needs the text/],
    [{ num_virtual_tokens: 0 }, /num_virtual_tokens/],
    [{ num_virtual_tokens: 512 }, /num_virtual_tokens: expected fewer than the 512 positions/],
    [
      { token_dim: 32, num_layers: 3 },
      /token_dim: expected 16, got 32[\s\S]*num_layers: expected 2/,
    ],
    [{ tasks: ['a', 'a'] }, /each name only once/],
    [{ tasks: ['a.b'] }, /expected letters, digits/],
  ])('%j', (config, message) => {
    expect(() => attach(config)).toThrow(message);
    expect(model.virtualRows).toBeNull();
  });

  it('is told in Chinese, too', () => {
    expect(() => attach({ prompt_tuning_init: 'TEXT', tasks: ['a', 'a'] })).toThrow(
      expect.objectContaining({
        chineseProblems: [
          'tasks：每个名称只能出现一次',
          'prompt_tuning_init_text：选择 TEXT 时需要给出初始文本',
        ],
      }),
    );
  });

  it('a second one at the same time', () => {
    const first = attach({});
    expect(() => attach({})).toThrow(/already carries prompt-tuning/);
    first.detach();
  });

  it('a text where there is no tokenizer', () => {
    const silent = { ...model, tokenizer: null };
    const config = { prompt_tuning_init: 'TEXT', prompt_tuning_init_text: 'Hi' };
    expect(() => attachTuner(silent, 'prompt-tuning', config, seededRandom(1))).toThrow(
      /has no tokenizer.*SAMPLE_VOCAB/,
    );
  });

  it('a sequence that leaves no room for it', () => {
    const adapter = attach({ num_virtual_tokens: 500 });
    expect(() => output([Array.from({ length: 13 }, () => 1)])).toThrow(/513 tokens is longer/);
    adapter.detach();
  });
});

describe('several tasks in one batch', () => {
  /** What a prompt alone gives, and its stored form. */
  function alone(seed: number) {
    const adapter = attach({ num_virtual_tokens: 4 }, seed);
    const stored = { config: adapter.config, tensors: adapterState(adapter) };
    const outputs = sequences.map((sequence) => output([sequence]));
    adapter.detach();
    return { stored, outputs };
  }

  it('gives each row the prompt of its tag', async () => {
    const [first, second] = [alone(1), alone(2)];
    const { config, tensors } = joinTasks(
      new Map([
        ['first', first.stored],
        ['second', second.stored],
      ]),
    );
    const adapter = attach({ ...config });
    adapter.load(tensors);
    const tags = [1, 0, 1];
    const expected = tags.flatMap((tag, i) => [...([first, second][tag]?.outputs[i] ?? [])]);
    expect(largestDifference(output(sequences, tags), expected)).toBeLessThan(1e-5);

    const texts = async (options: object, of = sequences): Promise<string[]> => {
      const found: string[] = [];
      for await (const { prompt, ids } of generate(model, of, {
        maxTokens: 6,
        endIds: [],
        ...options,
      }))
        found[prompt] = ids.join();
      return found;
    };
    const mixed = await texts({ tags });
    for (const [i, sequence] of sequences.entries()) {
      expect(await texts({ tags: [tags[i]] }, [sequence])).toEqual([mixed[i]]);
    }
    expect(await texts({ tags: [1, 1, 1] })).not.toEqual(await texts({ tags: [0, 0, 0] }));
    adapter.detach();
  });

  it('joins and splits without changing anything', () => {
    const prompts = new Map([
      ['a', alone(1).stored],
      ['b', alone(2).stored],
    ]);
    expect(splitTasks(joinTasks(prompts))).toEqual(prompts);
  });

  it('trains only the prompts of the tasks that are there', () => {
    const adapter = attach({ num_virtual_tokens: 2, tasks: ['a', 'b'] });
    const variables = adapter.parameters();
    expect(variables.map(({ name }) => name)).toEqual([
      'tasks.a.prompt_embeddings',
      'tasks.b.prompt_embeddings',
    ]);
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() =>
        tf.sum(logits(model, hiddenRows(model, packSequences(sequences, [1, 1, 1])))),
      );
      const [a, b] = variables.map(({ variable }) =>
        Math.max(...(grads[variable.name]?.dataSync() ?? []).map(Math.abs)),
      );
      expect(a).toBe(0);
      expect(b).toBeGreaterThan(0);
    });
    adapter.detach();
  });

  it('refuses a tag that names no task', () => {
    const adapter = attach({ tasks: ['a', 'b'] });
    expect(() => output(sequences, [0, 2, 1])).toThrow(
      /tag 2; this adapter knows 0 \(a\), 1 \(b\)/,
    );
    adapter.detach();
  });

  it('refuses to join prompts of different lengths', () => {
    const { stored } = alone(1);
    const other = { ...stored, config: { ...stored.config, num_virtual_tokens: 5 } };
    expect(() =>
      joinTasks(
        new Map([
          ['a', stored],
          ['b', other],
        ]),
      ),
    ).toThrow(/b: num_virtual_tokens is 5, expected 4 as a has it/);
    expect(() => joinTasks(new Map([['a b', stored]]))).toThrow(/are no task names/);
    expect(() => joinTasks(new Map())).toThrow(/expected at least one adapter/);
    const odd = { ...stored, config: { ...stored.config, tasks: 'a' } };
    expect(() => splitTasks(odd)).toThrow(/are no task names/);
  });
});
