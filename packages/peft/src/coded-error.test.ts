import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CodedError } from './coded-error.ts';
import { PeftError } from './errors.ts';
import { schemaProblems, schemaReport } from './schema-problems.ts';

class EnglishError extends CodedError<'mismatch'> {}

describe('an error with a code', () => {
  const message = { en: 'These do not fit:', zh: '不匹配：' };

  it('says what it says in each language, its problems with it', () => {
    const problems = [{ en: 'a is missing', zh: '缺少 a' }, 'b.weight'];
    const error = new PeftError('mismatch', message, { problems });
    expect(error.message).toBe('These do not fit:\n  - a is missing\n  - b.weight');
    expect(error.chinese).toBe('不匹配：\n  - 缺少 a\n  - b.weight');
    expect(error.problems).toEqual(['a is missing', 'b.weight']);
    expect(error.chineseProblems).toEqual(['缺少 a', 'b.weight']);
    expect(error.text).toEqual({ en: error.message, zh: error.chinese });
  });

  it('has no Chinese problems where they are names alone', () => {
    const error = new PeftError('mismatch', message, { problems: ['b.weight'] });
    expect(error.chinese).toBe('不匹配：\n  - b.weight');
    expect(error.chineseProblems).toBeUndefined();
  });

  it('has no Chinese where nobody has said any', () => {
    const error = new EnglishError('mismatch', 'These do not fit.', { problems: ['b.weight'] });
    expect(error).toMatchObject({ chinese: undefined, chineseProblems: undefined });
    expect(error.text).toBe(error.message);
  });
});

it('tells of each problem of a configuration in Zod’s own words', () => {
  const config = z.object({ r: z.int().min(1), name: z.string() });
  const { error } = config.safeParse({ r: 0 });
  expect(error && schemaProblems(config, { r: 0 }, error)).toEqual([
    {
      en: 'r: Too small: expected number to be >=1',
      zh: 'r：数值过小：期望 number >=1',
    },
    {
      en: 'name: Invalid input: expected string, received undefined',
      zh: 'name：无效输入：期望 string，实际接收 undefined',
    },
  ]);
});

it('lays them out as Zod does', () => {
  const config = z.object({ r: z.int().min(1) });
  const { error } = config.safeParse({ r: 0 });
  expect(error && schemaReport(config, { r: 0 }, error)).toEqual([
    { en: '✖ Too small: expected number to be >=1', zh: '✖ 数值过小：期望 number >=1' },
    { en: '  → at r', zh: '  → r' },
  ]);
});
