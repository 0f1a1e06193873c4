import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { attachTuner, tuners } from '../tuners/index.ts';
import { instead } from './lora-modules.ts';

await loadEngine();

/** For methods whose defaults do not fit the tiny model. */
const SETTINGS: Readonly<Record<string, object>> = {
  adalora: { init_r: 4, target_r: 2 },
  'adapter-fusion': { adapters: { only: {} } },
};

it.each(tuners().map(({ name, peftType }) => [name, peftType]))(
  '%s is said to be merged only where it can be',
  (name, peftType) => {
    const model = tinyModel({ biases: true });
    const adapter = attachTuner(model, name, { ...SETTINGS[name] }, seededRandom(1));
    expect(instead(peftType).en.includes('hub merge')).toBe(adapter.merge !== undefined);
    adapter.detach();
    model.dispose();
  },
);
