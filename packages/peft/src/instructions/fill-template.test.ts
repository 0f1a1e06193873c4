import { expect, it } from 'vitest';
import { fillTemplate, templateFields } from './fill-template.ts';

it('fills each mark once, and no mark inside a value', () => {
  expect(fillTemplate('{a} and {b}, {a}; {c}', { a: '{b}', b: '$&' })).toBe('{b} and $&, {b}; {c}');
});

it('writes doubled braces once', () => {
  expect(fillTemplate('{{"x": {x}}}', { x: '1' })).toBe('{"x": 1}');
});

it('knows no field that the values only inherit', () => {
  expect(fillTemplate('{constructor}', {})).toBe('{constructor}');
});

it('names the fields', () => {
  expect(templateFields('{a} {{b}} {名称} {a} { c } {1}')).toEqual(['a', '名称']);
});
