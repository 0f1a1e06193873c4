/** One JSON object a row, names as keys; values that are plain numbers stand without quotes. */
import { settleMissing } from './field.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'json',
  summary: '{"<name>": <value>, …}',
  prepare:
    ({ missing = 'omit' }) =>
    (fields) => {
      // Written part by part: an object would lose a column named __proto__ and reorder "1", "2".
      const parts = settleMissing(fields, missing).map(
        ({ name, value }) => `${JSON.stringify(name)}: ${value === '' ? 'null' : literal(value)}`,
      );
      return `{${parts.join(', ')}}`;
    },
});

function literal(value: string): string {
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value) ? value : JSON.stringify(value);
}
