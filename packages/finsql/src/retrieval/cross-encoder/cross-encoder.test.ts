import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  type LanguageModel,
  loadEngine,
  seededRandom,
  train,
  trainConfig,
  writeAdapter,
} from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { prepareDatabase } from '../context.ts';
import { type CrossEncoder, createCrossEncoder, crossEncoderConfig } from './cross-encoder.ts';
import { labelledPairs } from './examples.ts';
import { openCrossEncoder, writeCrossEncoder } from './files.ts';
import { encodePair, encodeTable } from './pair.ts';
import { reRanker } from './re-ranker.ts';

const { file, remove } = temporaryDatabase();
const schema = introspect(file);
const folder = mkdtempSync(join(tmpdir(), 'quaestor-retriever-'));
const config = crossEncoderConfig.parse({ layers: 2, inner: 8, r: 4 });
const items = [
  ['degrees of people', 'select degree from manager'],
  ['cities of firms', 'select city from company'],
].map(([question = '', sql = '']) => ({ question, db: 'fund', sql }));
const set = { items, databases: new Map([['fund', { schema, instances: [file] }]]) };

let model: LanguageModel;
let encoder: CrossEncoder;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
  encoder = createCrossEncoder(model, config, seededRandom(1));
  // What the LoRA keeps for its next pass is made by the first.
  encoder.score('', schema.tables.slice(0, 1));
});
afterAll(() => {
  encoder.dispose();
  model.dispose();
  remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the cross-encoder', () => {
  it('reads a pair off the token after each column, and off the last', () => {
    const { tokenizer } = model;
    const table = schema.tables[2];
    if (tokenizer === null || table === undefined) throw new Error('no tokenizer or table');
    const pair = encodePair(tokenizer, 'degrees of people', encodeTable(tokenizer, table));
    const text = (end: number) => tokenizer.decode([...pair.ids.slice(0, end + 1)]);
    expect(pair.columnsAt.map(text).at(-1)).toMatch(/^degrees of people \| .* highest degree ,$/);
    expect(pair.columnsAt).toHaveLength(3);
    expect(pair.tableAt).toBe(pair.ids.length - 1);
  });

  it('gives a table the same alone as among others', () => {
    const together = encoder.score('degrees of people', schema.tables);
    for (const [at, table] of schema.tables.entries()) {
      const [alone] = encoder.score('degrees of people', [table]);
      expect(alone?.table).toBeCloseTo(together[at]?.table ?? 0, 4);
      expect(alone?.columns).toHaveLength(table.columns.length);
    }
    expect(encoder.score('degrees of people', [])).toEqual([]);
  });

  it('learns which tables and columns are needed, and is the same after it was kept', async () => {
    const pairs = labelledPairs(set, encoder, { hard: 2, random: 2 });
    expect(pairs).toHaveLength(10);
    expect(pairs.filter(({ table }) => table === 1)).toHaveLength(2);
    const losses: number[] = [];
    const settings = trainConfig.parse({
      learning_rate: 0.02,
      batch_size: 10,
      num_train_epochs: 60,
      micro_batch_tokens: 700,
    });
    for await (const event of train(encoder.model, encoder.adapter, pairs, settings, {
      loss: encoder.loss,
    })) {
      if (event.type === 'step') losses.push(event.loss);
    }
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 4);
    const context = prepareDatabase(schema);
    const first = async (by: CrossEncoder, question: string) => {
      const ranking = await reRanker(by).rank(context, question, { exemplars: false });
      return [ranking.tables[0], ranking.columns[0]];
    };
    expect(await first(encoder, 'degrees of people')).toEqual(['manager', 'manager.degree']);
    expect(await first(encoder, 'cities of firms')).toEqual(['company', 'company.city']);

    const path = join(folder, 'kept');
    writeCrossEncoder(path, encoder, config, { tags: ['retriever'] });
    const opened = openCrossEncoder(path, model);
    const before = encoder.score('degrees of people', schema.tables);
    for (const [at, scores] of opened.score('degrees of people', schema.tables).entries()) {
      expect(scores.table).toBeCloseTo(before[at]?.table ?? 0, 1);
    }
    opened.dispose();
    expect(statSync(join(path, 'adapter_model.safetensors')).size).toBeLessThan(20_000);
  }, 60_000);

  it('refuses an adapter that is no retriever', () => {
    const path = join(folder, 'plain');
    const lora = attachTuner(model, 'lora', { r: 2 }, seededRandom(1));
    writeAdapter(path, lora.config, adapterState(lora));
    lora.detach();
    expect(() => openCrossEncoder(path, model)).toThrow(
      expect.objectContaining({ code: 'bad-config' }),
    );
    const heads = join(folder, 'without-heads');
    const bare = createCrossEncoder(model, config, seededRandom(1));
    const state = adapterState(bare.adapter);
    writeAdapter(
      heads,
      { ...bare.adapter.config, quaestor_retriever: config },
      new Map([...state].filter(([name]) => !name.includes('.retriever.'))),
    );
    bare.dispose();
    expect(() => openCrossEncoder(heads, model)).toThrow(/does not fit/);
  });
});
