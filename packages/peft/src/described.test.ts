import { expect, it } from 'vitest';
import * as z from 'zod';
import { described, descriptionOf } from './described.ts';

const said = { en: 'rows of a piece', zh: '每页行数' };

it('describes a field in each language, and leaves the field it was made of alone', () => {
  const plain = z.int();
  const rows = plain.apply(described, said);
  expect(descriptionOf(rows)).toEqual(said);
  expect(descriptionOf(rows.min(1))).toEqual(said);
  expect(descriptionOf(plain)).toBeUndefined();
});

it('is in JSON schemas of others what describe would be', () => {
  const schemaOf = (field: z.ZodType) => z.toJSONSchema(z.object({ field }));
  expect(schemaOf(z.int().apply(described, said))).toEqual(schemaOf(z.int().describe(said.en)));
});

it('forgets the Chinese of a field that is described anew in English alone', () => {
  expect(descriptionOf(z.int().apply(described, said).describe('rows'))).toBe('rows');
});
