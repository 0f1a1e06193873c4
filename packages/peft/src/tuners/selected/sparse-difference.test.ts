import { beforeEach, describe, expect, it } from 'vitest';
import { baseTensors } from '../../model/base-tensors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine, loadEngine } from '../../tensors/engine.ts';
import { seededRandom } from '../../tensors/random.ts';
import { largestDifference, tinyModel } from '../../testing/index.ts';
import { adapterState, attachTuner } from '../index.ts';
import type { Adapter } from '../tuner.ts';
import { composeDifferences } from './compose-differences.ts';
import { addDifferences, differenceTensors, type SparseDifference } from './sparse-difference.ts';

await loadEngine();
const random = seededRandom(8);

let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});

const attach = (): Adapter => attachTuner(model, 'pafi', {}, seededRandom(1));

/** Random entries of q_proj and of a norm, each with probability a half. */
function randomDifference(): SparseDifference {
  const entries = (rows: number, columns: number) => {
    const flat = Array.from({ length: rows * columns }, (_, i) => i).filter(
      () => random.next() < 0.5,
    );
    return {
      rows: Int32Array.from(flat, (i) => Math.floor(i / columns)),
      columns: Int32Array.from(flat, (i) => i % columns),
      delta: Float32Array.from(flat, () => random.normal() * 10 ** (random.integer(9) - 6)),
    };
  };
  return new Map([
    ['model.layers.0.self_attn.q_proj.weight', entries(16, 16)],
    ...(random.next() < 0.5 ? [['model.norm.weight', entries(1, 16)] as const] : []),
  ]);
}

const weights = (): Float32Array[] =>
  baseTensors(model).map(({ tensor }) => tensor.dataSync().slice() as Float32Array);

describe('sparse differences', () => {
  it('are added in any order, over the union of their entries', () => {
    for (let round = 0; round < 20; round++) {
      const [a, b] = [randomDifference(), randomDifference()];
      const sum = addDifferences(a, b);
      expect(addDifferences(b, a)).toEqual(sum);
      for (const [name, { rows, columns, delta }] of sum) {
        const places = Array.from(rows, (row, i) => `${row},${columns[i]}`);
        const found = new Map(places.map((place, i) => [place, delta[i]]));
        const wanted = new Map<string, number>();
        for (const entries of [a.get(name), b.get(name)]) {
          for (const [i, row] of entries?.rows.entries() ?? []) {
            const place = `${row},${entries?.columns[i]}`;
            wanted.set(place, Math.fround((wanted.get(place) ?? 0) + (entries?.delta[i] ?? 0)));
          }
        }
        expect(found).toEqual(wanted);
      }
    }
  });

  it('apply as base + δ, and come off bit for bit', () => {
    const before = weights();
    const difference = randomDifference();
    const adapter = attach();
    adapter.load(differenceTensors(difference));
    adapter.merge?.();
    const q = 'model.layers.0.self_attn.q_proj.weight';
    const place = baseTensors(model).findIndex(({ parts }) => parts[0]?.name === q);
    const changed = difference.get(q);
    const wanted = before[place]?.slice() as Float32Array;
    for (const [i, row] of changed?.rows.entries() ?? []) {
      const index = row * 16 + (changed?.columns[i] as number);
      wanted[index] = (wanted[index] as number) + (changed?.delta[i] as number);
    }
    expect(weights()[place]).toEqual(wanted);
    adapter.detach();
    expect(weights()).toEqual(before);
  });

  it('of a language and of a task compose into one adapter', () => {
    const before = weights();
    const [language, task] = [randomDifference(), randomDifference()];
    const adapter = attach();
    const loaded = (difference: SparseDifference): Float32Array[] => {
      adapter.load(differenceTensors(difference));
      return weights();
    };
    const [one, other] = [loaded(language), loaded(task)];
    const states = [language, task].map(differenceTensors);
    adapter.load(composeDifferences(model, states));
    for (const [t, values] of weights().entries()) {
      const wanted = values.map((_, i) => {
        const base = before[t]?.[i] as number;
        return (one[t]?.[i] as number) + (other[t]?.[i] as number) - base;
      });
      expect(largestDifference(values, wanted)).toBeLessThan(1e-3);
    }
    adapter.detach();
    const composed = composeDifferences(model, states);
    expect(composeDifferences(model, states.reverse())).toEqual(composed);
  });

  it('give back the very weights, however far a value lies from its base', () => {
    const adapter = attach();
    const { tf } = engine();
    adapter.load(differenceTensors(randomDifference()));
    for (let round = 0; round < 20; round++) {
      for (const { variable } of adapter.parameters()) {
        const values = Float32Array.from(
          { length: variable.size },
          () => random.normal() * 10 ** (random.integer(13) - 9),
        );
        tf.tidy(() => variable.assign(tf.tensor1d(values)));
      }
      const trained = weights();
      const again = adapterState(adapter);
      adapter.load(again);
      expect(weights()).toEqual(trained);
      expect(adapterState(adapter)).toEqual(again);
    }
    adapter.detach();
  });
});
