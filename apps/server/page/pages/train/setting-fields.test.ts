import { expect, it } from 'vitest';
import { readSettings, settingFields } from './setting-fields.ts';

const schema = {
  type: 'object',
  properties: {
    peft_type: { type: 'string', const: 'LORA' },
    r: { type: 'integer', default: 8, exclusiveMinimum: 0, maximum: 9007199254740991 },
    dropout: { type: 'number', default: 0, minimum: 0, maximum: 0.99, description: 'share' },
    bias: { type: 'string', enum: ['none', 'all'], default: 'none' },
    rslora: { type: 'boolean', default: false },
    note: { type: ['string', 'null'], default: null },
    targets: { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'null' }] },
    pattern: { type: 'object', default: {} },
  },
};

const fields = settingFields(schema, { r: 16, targets: 'all-linear' });

it('reads fields with their kinds, bounds, help and usual values', () => {
  expect(fields.map(({ name, kind, usual }) => [name, kind, usual])).toEqual([
    ['r', 'number', '16'],
    ['dropout', 'number', '0'],
    ['bias', 'choice', 'none'],
    ['rslora', 'boolean', 'false'],
    ['note', 'text', ''],
    ['targets', 'json', 'all-linear'],
    ['pattern', 'json', '{}'],
  ]);
  const [r, dropout] = fields;
  expect(r).toMatchObject({ integer: true, minimum: 1, maximum: null });
  expect(dropout).toMatchObject({ integer: false, minimum: 0, maximum: 0.99, help: 'share' });
});

it('makes settings of what was typed, without what is usual', () => {
  const values = {
    ...{ r: '4', dropout: '', bias: 'all', rslora: 'true', note: 'x' },
    ...{ targets: '["q_proj"]', pattern: '{}' },
  };
  expect(readSettings(fields, values)).toEqual({
    settings: { r: 4, bias: 'all', rslora: true, note: 'x', targets: ['q_proj'] },
    faulty: [],
  });
  expect(readSettings(fields, { r: '16', targets: 'q_proj' }).settings).toEqual({
    targets: 'q_proj',
  });
  expect(readSettings(fields, { pattern: '{"a": ' }).faulty).toEqual(['pattern']);
});
