/**
 * List Short: the List Template of ten fields at most, the most important ones where their importance is given, else
 * the first. For wide tables.
 */
import { TabLlmError } from '../errors.ts';
import { settleMissing } from './field.ts';
import { listLines } from './list-template.ts';
import { defineSerialiser } from './serialiser.ts';

defineSerialiser({
  name: 'list-short',
  summary: '- <name>: <value> – ten columns at most, the first',
  prepare: ({ missing = 'omit', limit = 10, importance }) => {
    if (!(Number.isInteger(limit) && limit > 0)) {
      throw new TabLlmError('bad-config', {
        en: `The limit of list-short must be a whole number from 1 on; got ${limit}.`,
        zh: `list-short 的 limit 应为不小于 1 的整数，实际为 ${limit}。`,
      });
    }
    return (fields) => {
      const kept = importance && new Set(importance.slice(0, limit));
      const chosen = kept ? fields.filter((_, i) => kept.has(i)) : fields.slice(0, limit);
      return listLines(settleMissing(chosen, missing));
    };
  },
});
