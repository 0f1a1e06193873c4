/** List Template: `- <name>: <value>` for each field, one a line. */
import { settleMissing, type WrittenField } from './field.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'list-template',
  summary: '- <name>: <value> – one line a column',
  prepare:
    ({ missing = 'omit' }) =>
    (fields) =>
      listLines(settleMissing(fields, missing)),
});

export function listLines(fields: readonly WrittenField[]): string {
  return fields.map(({ name, value }) => `- ${name}: ${value}`).join('\n');
}
