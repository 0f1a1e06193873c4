/**
 * List Permuted Names: the List Template with names in order and values from a permutation that is
 * the same for all rows. Shows whether a model reads the names or guesses from the values.
 */
import { seededRandom } from '@quaestor/peft';
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
      return listLines(settleMissing(permute(fields, order), missing));
    };
  },
});

function permute(fields: readonly Field[], order: readonly number[]): Field[] {
  return fields.map(({ name }, i) => ({ name, value: fields[order[i] as number]?.value ?? null }));
}
