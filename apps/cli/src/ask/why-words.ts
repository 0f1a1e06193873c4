/** What stands before and within the lines of `:why`, in the language of the answer. */
import type { Language } from '@quaestor/finsql';

export interface WhyWords {
  readonly table: string;
  readonly value: string;
  readonly like: string;
  readonly meant: string;
  readonly noAnswer: string;
  readonly prompt: string;
  readonly written: string;
  readonly again: string;
  readonly beside: string;
  readonly adviser: string;
  readonly wordByWord: string;
  readonly vote: string;
  readonly repair: string;
  readonly mended: string;
  readonly known: string;
  readonly refused: string;
  readonly milliseconds: string;
  holds(column: string, value: string): string;
  tokens(used: number, budget: number, omitted: readonly string[]): string;
  kept(draft: string, second: boolean): string;
  /** @param known a question whose statement no longer runs */
  unkept(known: string): string;
  votes(count: number): string;
  /** @param name of a rule, which programs and flags know it by */
  rule(name: string, what: string | undefined): string;
}

const english: WhyWords = {
  table: 'table',
  value: 'value',
  like: 'like',
  meant: 'meant',
  noAnswer: 'no answer',
  prompt: 'prompt',
  written: 'written',
  again: 'again',
  beside: 'beside',
  adviser: 'second',
  wordByWord: 'read off',
  vote: 'vote',
  repair: 'repair',
  mended: 'mended',
  known: 'known',
  refused: 'refused',
  milliseconds: 'ms',
  holds: (column, value) => `${column} has '${value}'`,
  tokens: (used, budget, omitted) => {
    const left = omitted.length === 0 ? '' : `; left out: ${omitted.join(', ')}`;
    return `${used} of ${budget} tokens${left}`;
  },
  kept: (draft, second) => `${draft} (${second ? 'kept' : 'the first is kept'})`,
  unkept: (known) => `${known} (its SQL no longer runs)`,
  votes: (count) => (count === 1 ? '1 vote' : `${count} votes`),
  rule: (name, what) => (what === undefined ? name : `${what} (${name})`),
};

const chinese: WhyWords = {
  table: '表',
  value: '值',
  like: '相似问题',
  meant: '理解为',
  noAnswer: '未给出结果',
  prompt: '提示词',
  written: '草稿',
  again: '再写',
  beside: '参照',
  adviser: '征询',
  wordByWord: '直译',
  vote: '投票',
  repair: '重试',
  mended: '修正',
  known: '已知',
  refused: '报错',
  milliseconds: '毫秒',
  holds: (column, value) => `${column} 中有“${value}”`,
  tokens: (used, budget, omitted) => {
    const left = omitted.length === 0 ? '' : `；未列出：${omitted.join('、')}`;
    return `${used} 个词元，上限 ${budget}${left}`;
  },
  kept: (draft, second) => `${draft}（${second ? '采用' : '仍采用第一稿'}）`,
  unkept: (known) => `${known}（其 SQL 已无法运行）`,
  votes: (count) => `${count} 票`,
  rule: (name, what) => (what === undefined ? name : `${what}（${name}）`),
};

export const WHY_WORDS: Readonly<Record<Language, WhyWords>> = { en: english, zh: chinese };
