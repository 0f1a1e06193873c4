import { sentenceFor } from '@quaestor/finsql/wording';
import { describe, expect, it } from 'vitest';
import { toProblem } from '../http-error.ts';
import { chinese } from './input-chinese.ts';
import { english } from './input-english.ts';
import { badInput, type InputProblem } from './input-problems.ts';

const columns = ['年龄', 'fee'];
const problems: readonly InputProblem[] = [
  { code: 'upload-or-labelling' },
  { code: 'no-target' },
  { code: 'not-with', field: 'id', other: 'labelling' },
  { code: 'classifier-with-labelling' },
  { code: 'no-column', field: 'target', name: 'x', columns },
  { code: 'unknown-feature', name: 'x' },
  { code: 'target-as-feature' },
  { code: 'unknown-group', name: 'x' },
  { code: 'target-as-group' },
  { code: 'class-with-comma', name: 'a, b' },
  { code: 'no-features' },
  { code: 'too-few-classes', target: 'x', only: null },
  { code: 'too-few-classes', target: 'x', only: 'yes' },
  { code: 'too-many-classes', target: 'x', classes: 60, most: 50 },
  { code: 'threshold-without-two-classes' },
  { code: 'no-row', row: 9, rows: 3 },
  { code: 'no-number', row: 1, label: 'x', example: '12 %' },
  { code: 'no-class', row: 1, label: 'x', classes: ['a', 'b'] },
  { code: 'no-such-kind', kind: 'x', kinds: ['train', 'import'] },
];

describe('a problem of an input', () => {
  it.each(problems)('%j', (problem) => {
    const { code, ...values } = problem;
    const [en, zh] = [sentenceFor(english, problem), sentenceFor(chinese, problem)];
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en.replaceAll('年龄', '')).not.toMatch(/\p{Script=Han}/u);
    for (const value of Object.values(values).flat()) {
      if (value === null) continue;
      expect(en).toContain(String(value));
      expect(zh).toContain(String(value));
    }
    expect(Object.keys(english)).toContain(code);
  });

  it('has each code tested', () => {
    const codes = [...new Set(problems.map(({ code }) => code))].sort();
    expect(Object.keys(english).sort()).toEqual(codes);
    expect(Object.keys(chinese).sort()).toEqual(codes);
  });

  it('stands in both lists of the error, in the same place', () => {
    const error = badInput([
      { code: 'no-target' },
      { code: 'not-with', field: 'id', other: 'labelling' },
    ]);
    expect(toProblem(error, 'id')).toMatchObject({
      status: 400,
      detail: 'target is missing: column to predict; id does not go with labelling.',
      errors: ['target is missing: column to predict', 'id does not go with labelling'],
    });
    expect(toProblem(error, 'id', 'zh')).toMatchObject({
      status: 400,
      detail: '请求有误：缺少 target：要预测的列；id 不能与 labelling 同时使用。',
      errors: ['缺少 target：要预测的列', 'id 不能与 labelling 同时使用'],
    });
  });
});
