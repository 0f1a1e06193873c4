/** List Short: the List Template of the most important fields only, ten at most. For wide tables. */
import { settleMissing } from './field.ts';
import { listLines } from './list-template.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'list-short',
  summary: '- <name>: <value> – the ten most important columns',
  prepare:
    ({ missing = 'omit', limit = 10, importance }) =>
    (fields) => {
      const kept = importance && new Set(importance.slice(0, limit));
      const chosen = kept ? fields.filter((_, i) => kept.has(i)) : fields.slice(0, limit);
      return listLines(settleMissing(chosen, missing));
    },
});
