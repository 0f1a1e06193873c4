import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refersBack } from './refers-back.ts';

describe('refersBack', () => {
  it.each([
    ['How many of them are women?', 'them'],
    ['Which of those funds are open?', 'those'],
    ['How many women are among them?', 'them'],
    ['What are their names?', 'their'],
    ['Compare them.', 'them'],
    ['Who manages them?', 'them'],
    ['Where is it based?', 'it'],
    ['How many employees do they have?', 'they'],
    ['What is the revenue of this company?', 'this company'],
    ['Which ones are open?', 'ones'],
    ['And with an MBA?', 'and'],
    ['and 2023?', 'and'],
    ['And disputed?', 'and'],
    ['and of paid ones?', 'and'],
    ['What about Cormere Pharma?', 'what about'],
    ['其中有多少位是女性？', '其中'],
    ['他们的学历是什么？', '他们'],
    ['这些基金的规模是多少？', '这些'],
    ['那些基金中哪只最大？', '那些'],
    ['它的总部在哪里？', '它'],
    ['该公司的营业收入是多少？', '该'],
    ['那2023年呢？', '那'],
    ['净利润呢？', '呢'],
  ])('%s', (question, word) => {
    expect(refersBack(question)).toBe(word);
  });

  it.each([
    'List companies and their revenue.',
    'List the funds and the largest of them.',
    'Which companies are older than those that were listed in 2010?',
    'Among those engineers who have visited, which one came least often?',
    'What share of its assets did the Moon Gate Fund hold in bonds?',
    'How much did it cost Pelmere Software to make its sales?',
    'Is it ethical to invest in oil companies?',
    'How old is He Dawei?',
    'What is the net value of this fund, 163412?',
    'And which week was the worst for the index?',
    'Which companies are in Shanghai, and what are their tickers?',
    'How many companies are in Shanghai, only those that make a loss?',
    '列出公司及其营业收入。',
    '这些年来总资产的平均值是多少？',
    '那些经理管理的规模大于100亿？',
    '工业增加值和工业总产值分别多大呢？',
    '哪些基金还在开放申购呢？',
    '其他应收款最高的公司是哪家？',
  ])('stands alone: %s', (question) => {
    expect(refersBack(question)).toBeNull();
  });

  it('takes no question of the demo for a follow-up', () => {
    for (const set of ['dev', 'train', 'composed', 'written']) {
      const file = new URL(`../../../../data/demo/questions-${set}.json`, import.meta.url);
      const items = JSON.parse(readFileSync(file, 'utf8')) as { question: string }[];
      expect(items.map(({ question }) => question).filter((text) => refersBack(text))).toEqual([]);
    }
  });
});
