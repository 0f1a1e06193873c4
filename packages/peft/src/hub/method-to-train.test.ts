import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openHub } from './adapter-hub.ts';
import { methodToTrain } from './method-to-train.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-method-to-train-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An adapter, as far as its configuration is asked for. */
function adapterOf(name: string, config: object) {
  const own = join(folder, name);
  mkdirSync(own);
  writeFileSync(join(own, 'adapter_config.json'), JSON.stringify(config));
  writeFileSync(join(own, 'adapter_model.safetensors'), '');
  return openHub([folder]).get(name);
}

it('is the one that is named, else that of the adapter to go on from, else LoRA', () => {
  const scaled = adapterOf('scaled', { peft_type: 'IA3' });
  const split = adapterOf('split', { peft_type: 'LORA', use_dora: true });
  expect(methodToTrain(undefined)).toBe('lora');
  expect(methodToTrain('dylora')).toBe('dylora');
  expect(methodToTrain(undefined, scaled)).toBe('ia3');
  expect(methodToTrain('ia3', scaled)).toBe('ia3');
  expect(methodToTrain('lora', split)).toBe('dora');
  expect(() => methodToTrain('lora', scaled)).toThrow(
    'scaled is an adapter of the method ia3, and lora is asked for',
  );
});
