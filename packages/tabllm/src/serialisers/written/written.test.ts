import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextSource } from '@quaestor/peft';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saysFacts } from './says-facts.ts';
import { openTextCache } from './text-cache.ts';
import { findTextWriter, type TextWriter, textWriters } from './text-writer.ts';
import { writeRows } from './write-rows.ts';

const age = { name: 'age', value: '58' };
const job = { name: 'type of job', value: 'blue-collar' };

describe('saysFacts', () => {
  it('wants every value, as a word of its own', () => {
    expect(saysFacts('She is 58 and works in a Blue-collar job.', [age, job])).toBe(true);
    expect(saysFacts('She is 58.', [age, job])).toBe(false);
    expect(saysFacts('She is 158 blue-collar.', [age])).toBe(false);
    expect(saysFacts('It is 5.8.', [{ name: 'x', value: '5' }])).toBe(false);
    expect(saysFacts('It is 5.', [{ name: 'x', value: '5' }])).toBe(true);
    expect(saysFacts('Cost: a(b].', [{ name: 'x', value: 'a(b]' }])).toBe(true);
  });

  it('refuses numbers that nobody gave', () => {
    expect(saysFacts('She is 58, born in 1967.', [age])).toBe(false);
    expect(saysFacts('Column 2 says 58.', [{ name: 'column 2', value: '58' }])).toBe(true);
  });
});

describe('writeRows', () => {
  const asked: string[] = [];
  /** Says ages well, forgets jobs, and is cut off at cities. */
  const source: TextSource = async function* (prompts) {
    for (const [prompt, text] of prompts.entries()) {
      asked.push(text);
      const finish = text.includes('city') ? 'length' : 'stop';
      const said = /age: (\d+)/.exec(text);
      yield {
        prompt,
        finish,
        text: said ? `The person is\n${said[1]} years old.` : 'Works in Bonn.',
      };
    }
  };
  beforeEach(() => {
    asked.length = 0;
  });
  const writer = findTextWriter('table-to-text') as TextWriter;

  it('takes good sentences and says the others by the template', async () => {
    const city = { name: 'city', value: 'Bonn' };
    const rows = [
      [age, job, city],
      [{ ...age, value: '31' }, job, { name: 'city', value: null }],
    ];
    const { notes, accepted } = await writeRows(rows, { writer, source });
    expect(notes).toEqual([
      'The person is 58 years old. The type of job is blue-collar. The city is Bonn.',
      'The person is 31 years old. The type of job is blue-collar.',
    ]);
    expect(accepted).toBeCloseTo(2 / 5, 10);
    expect(asked).toHaveLength(4);
  });

  it('writes in pairs or whole rows', async () => {
    const parts = textWriters().map(({ parts: of }) => of([age, job, age]).length);
    expect(parts).toEqual([3, 2, 1]);
    const whole = findTextWriter('text-written') as TextWriter;
    const { notes } = await writeRows([[age, job]], { writer: whole, source });
    expect(notes).toEqual(['The age is 58. The type of job is blue-collar.']);
    expect(findTextWriter('text-template')).toBeNull();
  });

  it('stops where it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(writeRows([[age]], { writer, source, signal })).rejects.toThrow('enough');
  });
});

describe('openTextCache', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-texts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('remembers texts of its model beyond the run, broken lines aside', () => {
    const path = join(folder, 'sub', 'texts.jsonl');
    openTextCache(path, 'a').set('p', 'said');
    appendFileSync(path, '["cut sh');
    const again = openTextCache(path, 'a');
    again.set('q', '');
    expect(openTextCache(path, 'a').get('p')).toBe('said');
    expect(openTextCache(path, 'a').get('q')).toBe('');
    expect(openTextCache(path, 'b').get('p')).toBeUndefined();
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
  });
});
