import { describe, expect, it } from 'vitest';
import { examplePages, suggest } from './suggestions.ts';

describe('suggest', () => {
  const known = [
    'How many funds are there?',
    'Which funds are big?',
    '有多少基金？',
    'Are funds many?',
  ];

  it('finds questions with every word typed, those that begin like it first', () => {
    expect(suggest('funds are', known)).toEqual([
      'How many funds are there?',
      'Which funds are big?',
      'Are funds many?',
    ]);
    expect(suggest('are funds', known)[0]).toBe('Are funds many?');
    expect(suggest('多少', known)).toEqual(['有多少基金？']);
  });

  it('offers nothing before something is typed, nor what is typed in full', () => {
    expect(suggest('  ', known)).toEqual([]);
    expect(suggest('有多少基金？', known)).toEqual([]);
    expect(suggest('nothing like it', known)).toEqual([]);
  });
});

describe('examplePages', () => {
  it('offers short questions first, with Chinese ones on every page', () => {
    const questions = [...'abcdefg'].map((letter) => `Question ${letter}?`);
    const all = [...questions, '有多少基金？', '有多少公司？', 'long '.repeat(20)];
    expect(examplePages(all)).toEqual([
      ['Question a?', 'Question c?', 'Question e?', 'Question g?', '有多少基金？'],
      ['Question b?', 'Question d?', 'Question f?', '有多少公司？'],
    ]);
    expect(examplePages([])).toEqual([]);
  });

  it('offers a reader of Chinese the Chinese ones first', () => {
    const all = ['How many funds?', '有多少基金？', 'How many banks?', '有多少公司？'];
    expect(examplePages(all, 'zh')).toEqual([
      ['有多少基金？', '有多少公司？'],
      ['How many funds?', 'How many banks?'],
    ]);
    expect(examplePages(['How many funds?'], 'zh')).toEqual([['How many funds?']]);
  });
});
