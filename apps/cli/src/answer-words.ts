/** What stands around an answer on a terminal, in the language of the answer. */
import type { Language } from '@quaestor/finsql';

interface AnswerWords {
  readonly understood: (question: string) => string;
  readonly noAnswer: (reason: string) => string;
  readonly draft: (sql: string) => string;
  readonly moreRows: (count: number) => string;
  /** @param names of the tables that the SQL was written from, the likeliest first */
  readonly tables: (names: readonly string[]) => string;
  readonly note: (warning: string) => string;
  /** @param questions that are known and like the one asked */
  readonly near: (questions: readonly string[]) => string;
  /** @param rows null where there is no answer; confidence in percent, null where there is none */
  readonly sum: (figures: {
    readonly rows: number | null;
    readonly seconds: string;
    readonly confidence: number | null;
  }) => string;
}

const english: AnswerWords = {
  understood: (question) => `Understood as: ${question}`,
  noAnswer: (reason) => `No answer: ${reason}`,
  draft: (sql) => `Draft: ${sql}`,
  moreRows: (count) => `… and ${count} more rows (--json prints them)`,
  tables: (names) => `Tables considered: ${names.join(', ')}`,
  note: (warning) => `Note: ${warning}`,
  near: (questions) => ['Known questions like it:', ...questions.map(listed)].join('\n'),
  sum: ({ rows, seconds, confidence }) => {
    const what = rows === null ? 'Abstained' : rows === 1 ? '1 row' : `${rows} rows`;
    const sure = confidence === null ? '' : `, confidence ${confidence} %`;
    return `${what} in ${seconds} s${sure}`;
  },
};

const chinese: AnswerWords = {
  understood: (question) => `理解为：${question}`,
  noAnswer: (reason) => `未给出结果：${reason}`,
  draft: (sql) => `SQL 草稿：${sql}`,
  moreRows: (count) => `…… 还有 ${count} 行（--json 可输出全部）`,
  tables: (names) => `参考的表：${names.join('、')}`,
  note: (warning) => `注意：${warning}`,
  near: (questions) => ['相近的已知问题：', ...questions.map(listed)].join('\n'),
  sum: ({ rows, seconds, confidence }) => {
    const what = rows === null ? '未给出结果' : `共 ${rows} 行`;
    const sure = confidence === null ? '' : `，可信度 ${confidence}%`;
    return `${what}，用时 ${seconds} 秒${sure}`;
  },
};

function listed(question: string): string {
  return `  ${question}`;
}

export const ANSWER_WORDS: Readonly<Record<Language, AnswerWords>> = { en: english, zh: chinese };
