import { describe, expect, it } from 'vitest';
import { readTableSpecs } from './table-spec.ts';

const none = { classes: [], preset: [], question: [], words: [], template: [] };

describe('readTableSpecs', () => {
  it('takes the column behind the file, or the common one', () => {
    const specs = readTableSpecs({
      ...none,
      csv: ['a/b.csv:sold', 'c.csv', 'C:\\d\\e.csv', 'C:\\f.csv:is it: so'],
      target: 'label',
    });
    expect(specs.map(({ file, target }) => [file, target])).toEqual([
      ['a/b.csv', 'sold'],
      ['c.csv', 'label'],
      ['C:\\d\\e.csv', 'label'],
      ['C:\\f.csv:is it', ' so'],
    ]);
  });

  it('gives each table its own words, question and preset by position', () => {
    const [first, second] = readTableSpecs({
      ...none,
      csv: ['a.csv:x', 'b.csv:y'],
      classes: ['', 'EU, NA'],
      preset: ['', 'car'],
      question: ['Sold?'],
      words: ['no, yes'],
    });
    expect([first?.classes, second?.classes]).toEqual([undefined, ['EU', 'NA']]);
    expect(first).toMatchObject({ preset: undefined, question: 'Sold?', words: ['no', 'yes'] });
    expect(second).toMatchObject({ preset: 'car', question: undefined, words: undefined });
  });

  it('leaves a set out with all its tables', () => {
    const csv = ['sets/car/rows.csv:label', 'sets/blood/rows.csv:label', 'sets/car/rows.csv:doors'];
    const kept = readTableSpecs({ ...none, csv, preset: ['car', 'blood'], leave_out: ['car'] });
    expect(kept).toMatchObject([{ file: 'sets/blood/rows.csv', preset: 'blood' }]);
    for (const leave_out of [['ca'], ['sets'], ['car', 'blood'], ['car', 'ca']]) {
      expect(() => readTableSpecs({ ...none, csv, leave_out })).toThrow(
        /--leave-out .* of 3 tables/,
      );
    }
  });

  it('says everything that does not fit at once', () => {
    expect(() => readTableSpecs({ ...none, csv: ['a.csv'], preset: ['car', 'bank'] })).toThrow(
      /2 --preset for 1 --csv; a\.csv: which column\?/,
    );
  });
});
