/** Text Template: `The <name> is <value>.` for each field, on one line. The best of the paper's. */
import { settleMissing } from './field.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'text-template',
  summary: 'The <name> is <value>. – one sentence a column',
  prepare:
    ({ missing = 'omit' }) =>
    (fields) =>
      settleMissing(fields, missing)
        .map(({ name, value }) => `The ${name} is ${value}.`)
        .join(' '),
});
