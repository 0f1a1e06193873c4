import { describe, expect, it } from 'vitest';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { combineAdapters } from './combine-adapters.ts';

function lora(r: number): StoredAdapter {
  const tensor = (rows: number, columns: number) => ({
    shape: [rows, columns],
    data: new Float32Array(rows * columns).fill(1),
  });
  return {
    config: { peft_type: 'LORA', r, target_modules: ['q_proj'] },
    tensors: new Map([
      ['base_model.model.q_proj.lora_A.weight', tensor(r, 6)],
      ['base_model.model.q_proj.lora_B.weight', tensor(8, r)],
    ]),
  };
}

describe('combineAdapters refuses', () => {
  const [one, other] = [lora(4), lora(4)];
  const named = (name: string, config: object, tensorsOf = other.tensors) => ({
    name,
    config: { ...other.config, ...config },
    tensors: tensorsOf,
  });

  it('options that there are none of', () => {
    const slip = { type: 'linear' } as object;
    expect(() => combineAdapters([one, other], [1, 1], slip)).toThrow(/Unrecognized key: "type"/);
    const told: number[] = [];
    combineAdapters([one, other], [1, 1], { onModule: (done) => told.push(done) });
    expect(told).toEqual([1]);
  });

  it('options that make no sense, all at once', () => {
    expect(() =>
      combineAdapters([one, other], [1, Number.NaN, 2], { combination_type: 'ties', svd_rank: 0 }),
    ).toThrow(expect.objectContaining({ code: 'bad-config' }));
    try {
      combineAdapters([one, other], [1, Number.NaN, 2], { combination_type: 'ties' });
    } catch (error) {
      expect(error).toMatchObject({
        problems: [
          'weights: expected 2, one for each adapter, got 3',
          'weights: NaN is no finite number',
          'density: ties needs the share of entries to keep, between 0 and 1',
        ],
      });
    }
    expect(() => combineAdapters([], [])).toThrow(/no adapter/);
  });

  it.each([
    [named('b', { peft_type: 'IA3' }), /methods differ: adapter 1 is LORA, b is IA3/],
    [named('b', { use_dora: true }), /b: use_dora is not combined/],
    [named('b', { bias: 'all' }), /b: trained biases/],
    [named('b', { init_lora_weights: 'pissa_niter_4' }), /b: initialised by pissa_niter_4/],
    [named('b', { r: 5 }), /q_proj.*the configuration says rank 5, the tensor has 4/],
    [named('b', { r: 'four' }), /b: r: /],
    [named('b', {}, new Map()), /b: it holds no LoRA module/],
    [
      named('b', {}, new Map([...other.tensors].slice(1))),
      /b: base_model.model.q_proj.lora_A.weight: missing/,
    ],
  ])('what cannot be combined: %#', (wrong, message) => {
    expect(() => combineAdapters([one, wrong], [1, 1])).toThrow(message);
    expect(() => combineAdapters([one, wrong], [1, 1])).toThrow(
      expect.objectContaining({ code: 'mismatch' }),
    );
  });

  it('other base models, other methods, other shapes', () => {
    const based = (name: string, base: string | null) =>
      named(name, { base_model_name_or_path: base });
    expect(() =>
      combineAdapters([based('a', null), based('b', 'x/Small'), based('c', 'y/Small')], [1, 1, 1]),
    ).toThrow('c belongs to the base model y/Small, the first one to x/Small');
    expect(() =>
      combineAdapters([based('a', 'x/Small'), based('b', 'Small')], [1, 1]),
    ).not.toThrow();
    const adalora = { ...one, config: { peft_type: 'ADALORA' } };
    expect(() => combineAdapters([adalora], [1])).toThrow(/ADALORA adapters have no combination/);
    const mixed = [lora(2), lora(4), lora(3)];
    expect(() =>
      combineAdapters(mixed, [1, 1, 1], { combination_type: 'ties', density: 0.5 }),
    ).toThrow(/q_proj.*equal ranks, but they are 2, 4, 3/);
    const wide = new Map(
      [...one.tensors].map(([key, { data }]) => [key, { shape: [4, data.length / 4], data }]),
    );
    expect(() => combineAdapters([one, { ...one, tensors: wide }], [1, 1])).toThrow(/expected A/);
  });
});
