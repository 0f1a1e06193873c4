/** The adapters that come with the repository. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultAdapter, openHub } from '@quaestor/peft';
import { afterAll, describe, expect, it } from 'vitest';
import { inRepository } from './repository.ts';

const empty = mkdtempSync(join(tmpdir(), 'quaestor-own-adapters-'));
afterAll(() => rmSync(empty, { recursive: true }));

const hub = openHub([empty, inRepository('data/adapters')]);
const base = { name: 'HuggingFaceTB/SmolLM2-135M-Instruct' };

describe('shipped adapters', () => {
  it('are whole, and say what they are for', () => {
    expect(hub.list().map(({ name }) => name)).toEqual([
      'finance-sql',
      'finance-sql-demo',
      'finance-sql-fund',
      'finance-sql-macro',
      'finance-sql-new',
      'finance-sql-spider',
      'finance-sql-stock',
    ]);
    for (const { problem, card, tags } of hub.list()) {
      expect(problem).toBeNull();
      expect(card?.description).toMatchObject({ en: expect.any(String), zh: expect.any(String) });
      expect(tags).toContain('text-to-sql');
    }
  });

  it('answer by the one for all, and about the demo database by its own', () => {
    expect(defaultAdapter(hub, base, 'sql')?.name).toBe('finance-sql');
    const about = (name: string, isNew: boolean) =>
      defaultAdapter(hub, base, 'sql', { name, isNew })?.name;
    expect(about('ccks_fund', false)).toBe('finance-sql');
    expect(about('demo', false)).toBe('finance-sql-demo');
    expect(about('demo', true)).toBe('finance-sql-demo');
    expect(about('my_books', true)).toBe('finance-sql-new');
  });
});
