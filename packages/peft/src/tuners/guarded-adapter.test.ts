import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner, defineTuner, tuners } from './index.ts';
import { knownSettings } from './known-settings.ts';

await loadEngine();
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
});
afterEach(() => model.dispose());

const attach = (settings: Readonly<Record<string, unknown>> = { r: 2 }) =>
  attachTuner(model, 'lora', settings, seededRandom(1));

describe('an attached adapter', () => {
  const examples = [{ ids: [1, 2, 3], labelStart: 1 }];
  const step = async (adapter: ReturnType<typeof attach>) => {
    const events = [];
    for await (const event of train(model, adapter, examples, trainConfig.parse({}))) {
      events.push(event.type);
    }
    return events;
  };

  it('is trained only while it is unmerged', async () => {
    const adapter = attach();
    adapter.merge?.();
    expect(adapter.status).toBe('merged');
    await expect(step(adapter)).rejects.toThrow('this LORA is merged into the weights');
    adapter.unmerge?.();
    expect(await step(adapter)).toEqual(['step']);
    adapter.detach();
  });

  it('does nothing more once it is detached', async () => {
    const adapter = attach();
    const state = adapterState(adapter);
    adapter.detach();
    adapter.detach();
    expect(adapter.status).toBe('detached');
    await expect(step(adapter)).rejects.toThrow(/is detached from its model/);
    for (const call of [
      () => adapter.merge?.(),
      () => adapter.unmerge?.(),
      () => adapterState(adapter),
      () => adapter.load(state),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'bad-config' }));
    }
  });
});

describe('a configuration', () => {
  it('has fields of the method only, unless it was saved', () => {
    expect(() => attach({ rank: 64, lr: 1 })).toThrow(
      expect.objectContaining({
        code: 'bad-config',
        problems: [expect.stringMatching(/^Unrecognized keys: "rank", "lr"/)],
      }),
    );
    attach({ peft_type: 'LORA', r: 2, peft_version: '0.99', new_in_peft: null }).detach();
    const lora = tuners().find(({ name }) => name === 'lora');
    expect(lora && knownSettings(lora, { r: 2, rank: 64 })).toEqual({ r: 2 });
  });

  it('of a training run has its fields only', () => {
    expect(() => trainConfig.parse({ lr: 3 })).toThrow(/Unrecognized key/);
  });
});

it('a method keeps its name', () => {
  const [lora] = tuners();
  if (!lora) throw new Error('there are no methods');
  expect(defineTuner(lora)).toBe(lora);
  expect(() => defineTuner({ ...lora })).toThrow("there is a method 'lora' already");
});
