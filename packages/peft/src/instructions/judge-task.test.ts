import { describe, expect, it } from 'vitest';
import { judgeTask, taskPool } from './judge-task.ts';
import { selfInstructConfig } from './self-instruct-config.ts';

const config = selfInstructConfig.parse({ bannedWords: ['image', 'go to', '图片'], maxWords: 12 });
const pool = taskPool([
  { instruction: 'List three funds of this company.', input: '', output: 'A, B, C' },
  { instruction: '列出这家公司的三只基金', input: '', output: '甲、乙、丙' },
]);
const draft = (instruction: string, output: string | null = 'yes', input = '') => ({
  instruction,
  input,
  output,
});

describe('judgeTask', () => {
  it.each([
    ['incomplete', draft('')],
    ['incomplete', draft('Name the largest fund there is.', null)],
    ['incomplete', draft('Name the largest fund there is.', '')],
    ['too-short', draft('Name the fund.')],
    ['too-long', draft('one two three four five six seven eight nine ten eleven twelve thirteen')],
    ['banned-word', draft('Describe the Image in two words.')],
    ['banned-word', draft('Now go to the first page there.')],
    ['banned-word', draft('描述这张图片的内容')],
    ['banned-start', draft('Write a program that adds numbers.')],
    ['starts-with-punctuation', draft('- name the largest fund there is')],
    ['echo', draft('Say the same thing again.', 'say the same thing again.')],
    ['echo', draft('Say the same thing again.', 'Ping', 'ping')],
    ['already-present', draft('list three funds of this company')],
    ['too-similar', draft('List four funds of this company.')],
    ['too-similar', draft('列出这家公司的五只基金')],
  ])('refuses as %s: %j', (reason, refused) => {
    expect(judgeTask(refused, pool, config)).toMatchObject({ reason });
  });

  it('names what is too similar, and how much', () => {
    const verdict = judgeTask(draft('List four funds of this company.'), pool, config);
    expect(verdict).toMatchObject({ detail: '0.83 List three funds of this company.' });
  });

  it('takes words for banned only when they are whole', () => {
    const task = draft('Imagine a company that grows fast.', 'A baker.');
    expect(judgeTask(task, pool, config)).toEqual(task);
  });

  it('refuses at the threshold and takes below', () => {
    const task = draft('List four funds of this company.');
    expect(judgeTask(task, pool, { ...config, rougeL: 5 / 6 })).toHaveProperty('reason');
    expect(judgeTask(task, pool, { ...config, rougeL: 0.84 })).toEqual(task);
  });
});
