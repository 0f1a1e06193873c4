import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  openLanguageModel,
  readAdapter,
  seededRandom,
  train,
  trainConfig,
  writeAdapter,
} from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;
beforeAll(async () => {
  home = await temporaryHome();
  const model = await openLanguageModel('tiny');
  for (const [name, answer] of Object.entries({ yes: 'yes', no: 'no!' })) {
    const before = [...Buffer.from('Well? ')];
    const ids = [...before, ...Buffer.from(answer), 256];
    const adapter = attachTuner(model, 'lora', { r: 2 }, seededRandom(1));
    const config = trainConfig.parse({ learning_rate: 0.05, num_train_epochs: 30, batch_size: 1 });
    const examples = [{ ids, labelStart: before.length }];
    for await (const _ of train(model, adapter, examples, config));
    const card = { tags: ['answers', name], databases: name === 'yes' ? ['fund'] : [] };
    writeAdapter(join(home.folder, 'adapters', name), adapter.config, adapterState(adapter), {
      card,
    });
    adapter.detach();
  }
  model.dispose();
  const { config, tensors } = readAdapter(join(home.folder, 'adapters', 'yes'));
  const other = { ...config, base_model_name_or_path: 'y/Large' };
  writeAdapter(join(home.folder, 'adapters', 'foreign'), other, tensors, {
    card: { tags: ['answers'] },
  });
  for (const [name, r] of [
    ['wide', 3],
    ['wider', 4],
  ] as const) {
    const wider = new Map(
      [...tensors].map(([key, { shape }]) => {
        const wide = shape.map((size) => (size === 2 ? r : size));
        const length = wide.reduce((product, size) => product * size, 1);
        return [key, { shape: wide, data: new Float32Array(length) }] as const;
      }),
    );
    writeAdapter(join(home.folder, 'adapters', name), { ...config, r }, wider, {
      card: { tags: ['answers', 'wide'] },
    });
  }
  writeFileSync(join(home.folder, 'few.jsonl'), '{"prompt": "Well? ", "completion": "yes"}\n');
  writeFileSync(join(home.folder, 'bad.jsonl'), '{"prompt": "Well? "}\n');
});
afterAll(() => home.remove());

const search = (...words: string[]) => home.quaestor('hub', 'search', ...words, '--model', 'tiny');

describe('hub search', () => {
  it('takes the adapters of a tag that belong to the base', async () => {
    const words = ['--tag', 'answers', '--examples', 'few.jsonl', '--budget', '6'];
    const { code, out, error } = await search(...words, '--out', 'tagged', '--json');
    expect([code, JSON.parse(out).adapters]).toEqual([0, ['no', 'yes']]);
    expect(error).toContain('left out, for they cannot be composed with no: wide, wider');
  });

  it('takes those of a tag that fit the named ones', async () => {
    const words = ['wider', '--tag', 'answers', '--examples', 'few.jsonl', '--budget', '2'];
    const { out, error } = await search(...words, '--out', 'databases', '--json');
    expect(JSON.parse(out).adapters).toEqual(['wider']);
    expect(error).toContain(
      'left out, for they cannot be composed with wider: no, tagged, wide, yes',
    );
  });

  it('finds the adapter that the examples ask for and puts the composition into the hub', async () => {
    const { code, out, error } = await search(
      ...['yes', 'no', '--examples', 'few.jsonl', '--budget', '15', '--out', 'found', '--json'],
    );
    expect([code, error.split('\n')[0]]).toEqual([0, expect.stringMatching(/^1\/15 · loss/)]);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ adapters: ['yes', 'no'], algorithm: 'cobyla', shots: 1 });
    expect(found.loss).toBeLessThan(0.5 * found.baseLoss);
    expect(Math.abs(found.weights[0])).toBeGreaterThan(Math.abs(found.weights[1]));
    expect(found.trace).toHaveLength(15);
    const yes = readAdapter(join(home.folder, 'adapters', 'yes'));
    const written = readAdapter(join(home.folder, 'adapters', 'found'));
    const card = readFileSync(join(home.folder, 'adapters', 'found', 'quaestor.json'), 'utf8');
    expect(JSON.parse(card).databases).toEqual(['fund']);
    expect([...written.tensors.keys()].sort()).toEqual([...yes.tensors.keys()].sort());
    expect(written.config.base_model_name_or_path).toBe('tiny');
  });

  it('writes nothing where the base does best', async () => {
    const words = ['no', '--examples', 'few.jsonl', '--budget', '1', '--out', 'same'];
    const { code, error } = await search(...words);
    expect([code, error]).toEqual([1, expect.stringContaining('nothing was written')]);
  });

  it.each([
    [['yes', 'foreign', '--examples', 'few.jsonl'], 'expected base y/Large, got tiny'],
    [['yes', 'wide', '--examples', 'few.jsonl'], 'wide: r is 3, in yes it is 2'],
    [['nobody', '--examples', 'few.jsonl'], 'There is no adapter nobody'],
    [['--examples', 'few.jsonl'], 'Name the adapters to compose, or give --tag.'],
    [
      ['--tag', 'none', '--examples', 'few.jsonl'],
      'No LoRA adapter of tiny has the tags none; tags in the hub: ',
    ],
    [['yes'], 'Give --examples with records'],
    [['yes', '--examples', 'bad.jsonl'], 'line 1: completion'],
    [['yes', '--examples', 'none.jsonl'], 'no such file'],
    [
      ['yes', '--examples', 'few.jsonl', '--out', 'no'],
      'already an adapter no; choose another name, or replace it with --replace',
    ],
  ])('refuses %j and adds nothing', async (words, message) => {
    const listed = readdirSync(join(home.folder, 'adapters'));
    const out = words.includes('--out') ? [] : ['--out', 'refused'];
    expect(await search(...words, ...out)).toMatchObject({
      code: 3,
      error: expect.stringContaining(message),
    });
    expect(readdirSync(join(home.folder, 'adapters'))).toEqual(listed);
    expect(existsSync(join(home.folder, 'adapters', 'refused'))).toBe(false);
  });
});
