import { describe, expect, it } from 'vitest';
import { parseTemplate } from './template-file.ts';

const row = new Map([
  ['age', '58'],
  ['job', null],
]);
const read = (column: string) => row.get(column) ?? null;
const columns = [...row.keys()];

describe('parseTemplate', () => {
  const template = 'A person of {age} years. Works as {job}. {{Bank}} customer.\n';

  it('leaves out sentences of which a value is missing', () => {
    expect(parseTemplate(template, columns)(read)).toBe('A person of 58 years. {Bank} customer.');
  });

  it('takes a stop in a header for no end of a sentence', () => {
    const rooms = 'No. of rooms';
    const fill = parseTemplate(`It has {${rooms}} rooms. A flat; {job}.`, [rooms, 'job']);
    expect(fill((column) => (column === rooms ? '3' : null))).toBe('It has 3 rooms. A flat;');
  });

  it('says unknown, or keeps the place blank', () => {
    expect(parseTemplate(template, columns, 'unknown')(read)).toContain('Works as unknown.');
    expect(parseTemplate(template, columns, 'blank')(read)).toContain('Works as . {Bank}');
  });

  it('refuses placeholders that are no columns, all at once, and templates without any', () => {
    expect(() => parseTemplate('{age} {agee} {wage}', columns)).toThrow(
      /must name columns: age, job.*\{agee\} is no column.*\{wage\} is no column/s,
    );
    expect(() => parseTemplate('Nothing.', columns)).toThrow(/it names none/);
  });
});
