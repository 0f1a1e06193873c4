import { describe, expect, it } from 'vitest';
import { answerText } from './answer-text.ts';

/** That the pipeline names no other stage is a matter of types: `Record<StepName, …>`. */
describe('words of the stages', () => {
  const { en, zh } = answerText;

  it.each(Object.entries(en.steps))('%s: %j', (name, english) => {
    const chinese = zh.steps[name as keyof typeof zh.steps];
    for (const words of english) expect(words).toMatch(/^[A-Z][ a-zA-Z]+$/);
    for (const words of chinese) expect(words).toMatch(/\p{Script=Han}/u);
    expect(new Set([...english, name]).size).toBe(3);
    expect(new Set(chinese).size).toBe(2);
  });

  it('are the same stages in each language', () => {
    expect(Object.keys(zh.steps)).toEqual(Object.keys(en.steps));
  });
});
