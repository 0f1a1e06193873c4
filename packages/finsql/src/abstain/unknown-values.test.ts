import { afterAll, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { unknownValues } from './unknown-values.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);

it('says nothing of a column that is indexed in part', () => {
  const unknown = (limits = {}) =>
    unknownValues(
      "select id from manager where degree = 'Bachelor'",
      prepareDatabase(schema, { values: buildValueIndex(file, schema, limits) }),
    );
  expect(unknown()).toEqual([{ column: 'manager.degree', text: 'Bachelor' }]);
  expect(unknown({ perColumn: 1 })).toEqual([]);
});

it.each([['W'], ['男'], ['x'.repeat(2000)]])(
  'says nothing of a text that no index takes: %.10s',
  (text) => {
    const context = prepareDatabase(schema, { values: buildValueIndex(file, schema) });
    expect(unknownValues(`select id from manager where degree = '${text}'`, context)).toEqual([]);
  },
);
