/** List Only Values: the values, one a line. Shows what the column names are worth. */
import { settleMissing } from './field.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'values-only',
  summary: '<value> – one line a column, without names',
  prepare:
    ({ missing = 'omit' }) =>
    (fields) =>
      settleMissing(fields, missing)
        .map(({ value }) => value)
        .join('\n'),
});
