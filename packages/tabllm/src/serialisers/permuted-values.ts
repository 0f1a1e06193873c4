/**
 * List Permuted Values: the List Template after each column's values were exchanged. A categorical
 * column maps its distinct values by a derangement; a numeric column is cut into 10 bins of equal
 * count, the bins are deranged, and a value becomes one drawn from its bin's image. Shows whether a
 * model uses what the values mean. The draw is seeded by the row, so equal rows stay equal.
 */
import { type Random, seededRandom } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { derangement } from './derangement.ts';
import { type Field, settleMissing } from './field.ts';
import { listLines } from './list-template.ts';
import { defineSerialiser } from './serialiser.ts';

const BINS = 10;

function noSample(): TabLlmError {
  return new TabLlmError('bad-config', {
    en: 'permuted-values exchanges the values of a table: give rows of it as sample.',
    zh: 'permuted-values 会交换表格中的值：请以 sample 给出表格的一些行。',
  });
}

type Exchange = (value: string, random: Random) => string;

defineSerialiser({
  name: 'permuted-values',
  summary: '- <name>: <another value of the column>',
  needsSample: true,
  prepare: ({ missing = 'omit', seed = 0, sample = [] }) => {
    if (sample.length === 0) throw noSample();
    const random = seededRandom(seed);
    const columns = sample[0]?.length ?? 0;
    const exchanges = Array.from({ length: columns }, (_, column) =>
      exchangeOf(
        sample.flatMap((fields) => fields[column]?.value ?? []),
        random,
      ),
    );
    return (fields) => {
      const draw = seededRandom(seed ^ hash(fields));
      const exchanged = fields.map(({ name, value }, column): Field => {
        const exchange = exchanges[column];
        return { name, value: value === null || !exchange ? value : exchange(value, draw) };
      });
      return listLines(settleMissing(exchanged, missing));
    };
  },
});

function exchangeOf(values: readonly string[], random: Random): Exchange {
  const numeric = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  return numeric && new Set(values).size > 1
    ? exchangeBins(values, random)
    : exchangeValues(values, random);
}

function exchangeValues(values: readonly string[], random: Random): Exchange {
  const distinct = [...new Set(values)].sort();
  const image = derangement(distinct.length, random);
  const map = new Map(distinct.map((value, i) => [value, distinct[image[i] as number] as string]));
  return (value) => map.get(value) ?? value;
}

function exchangeBins(values: readonly string[], random: Random): Exchange {
  const sorted = [...values].sort((a, b) => Number(a) - Number(b));
  const count = Math.min(BINS, sorted.length);
  const edge = (bin: number) => Math.floor((bin * sorted.length) / count);
  const bins = Array.from({ length: count }, (_, bin) => sorted.slice(edge(bin), edge(bin + 1)));
  const image = derangement(bins.length, random);
  return (value, draw) => {
    const own = bins.findIndex((bin) => Number(value) <= Number(bin.at(-1)));
    const target = bins[image[own < 0 ? bins.length - 1 : own] as number] as string[];
    return target[draw.integer(target.length)] as string;
  };
}

/** FNV-1a of a row. */
function hash(fields: readonly Field[]): number {
  let state = 0x811c9dc5;
  for (const { value } of fields) {
    for (const character of `${value}\u0000`) {
      state = Math.imul(state ^ (character.codePointAt(0) as number), 0x01000193);
    }
  }
  return state >>> 0;
}
