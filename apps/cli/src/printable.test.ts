import { describe, expect, it } from 'vitest';
import { printAnswer } from './print-answer.ts';
import { printableLine, printableText } from './printable.ts';
import { table } from './table.ts';

const HOSTILE = [
  '\u001b[2J\u001b[31mred',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://evil.example\u001b\\click',
  '\u009b2J',
  'over\rwritten',
  'a\u0008b',
  'gnp.\u202etxt',
];
const CONTROL = /(?!\n)[\p{Cc}\u202e]/u;

describe('what is printed', () => {
  it.each(HOSTILE)('holds no commands for the terminal: %j', (text) => {
    expect(printableLine(text)).not.toMatch(CONTROL);
    expect(table([text], [[text]])).not.toMatch(CONTROL);
    const answer = {
      kind: 'answered' as const,
      abstained: null,
      standalone_question: `${text}?`,
      language: 'en' as const,
      sql: `SELECT '${text}'`,
      columns: [text],
      rows: [[text]],
      truncated: false,
      trace: [],
      explanation: [text],
      confidence: null,
      warnings: [{ code: 'no-rows' as const, text }],
      near_questions: [],
    };
    expect(printAnswer(answer)).not.toMatch(CONTROL);
    const abstained = { code: 'nothing-runs' as const, reason: text };
    const declined = { ...answer, kind: 'abstained' as const, abstained };
    const shown = printAnswer({ ...declined, standalone_question: text });
    expect(shown).not.toMatch(CONTROL);
    expect(shown).toMatch(/^Understood as: .*\n\nNo answer: .*\n\nDraft: SELECT/);
    const chinese = printAnswer({ ...declined, standalone_question: text, language: 'zh' });
    expect(chinese).not.toMatch(CONTROL);
    expect(chinese).toMatch(/^理解为：.*\n\n未给出结果：.*\n\nSQL 草稿：SELECT/);
  });

  it('keeps words of any language, and lines where lines are meant', () => {
    expect(printableText('基金\r\nÉcole 💶\tx')).toBe('基金\nÉcole 💶 x');
    expect(printableLine('a\nb')).toBe('a b');
  });
});
