import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PeftError } from './errors.ts';
import { schemaProblems, schemaReport } from './schema-problems.ts';

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

it('tells what the schema says itself as it is told to', () => {
  const config = z.object({ name: z.string().min(1, 'is empty') });
  const { error } = config.safeParse({ name: '' });
  const own = { 'is empty': '不能为空' };
  expect(error && schemaProblems(config, { name: '' }, error, own)).toEqual([
    { en: 'name: is empty', zh: 'name：不能为空' },
  ]);
  expect(error && schemaProblems(config, { name: '' }, error)).toEqual([
    { en: 'name: is empty', zh: 'name：is empty' },
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
