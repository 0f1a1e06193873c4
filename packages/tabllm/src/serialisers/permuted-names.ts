/**
 * List Permuted Names: the List Template with names in order and values from a permutation that is
 * the same for all rows. Shows whether a model reads the names or guesses from the values.
 */
import { seededRandom } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { derangement } from './derangement.ts';
import { type Field, settleMissing } from './field.ts';
import { listLines } from './list-template.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'permuted-names',
  summary: '- <name>: <value of another column>',
  prepare: ({ missing = 'omit', seed = 0, permutation }) => {
    let order = permutation;
    return (fields) => {
      order ??= derangement(fields.length, seededRandom(seed));
      expectPermutation(order, fields.length);
      return listLines(settleMissing(permute(fields, order), missing));
    };
  },
});

/** @throws TabLlmError 'bad-config' unless each place stands there once */
function expectPermutation(order: readonly number[], fields: number): void {
  const places = new Set(order.filter((at) => Number.isInteger(at) && at >= 0 && at < fields));
  if (order.length === fields && places.size === fields) return;
  throw new TabLlmError('bad-config', {
    en: `The permutation must have each of 0 to ${fields - 1} once, a number for each of ${fields} fields; got ${order.join(', ')}.`,
    zh: `置换应包含 0 到 ${fields - 1} 各一次（共 ${fields} 个字段），实际为 ${order.join('、')}。`,
  });
}

function permute(fields: readonly Field[], order: readonly number[]): Field[] {
  return fields.map(({ name }, i) => ({ name, value: fields[order[i] as number]?.value ?? null }));
}
