import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInstructions, writeInstructions } from './instruction-file.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('instruction files', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-instructions-'));
    file = join(folder, 'deep', 'set.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was written', async () => {
    const text = fc.string({ unit: 'grapheme' });
    const record = fc.record({
      instruction: fc.string({ unit: 'grapheme', minLength: 1 }),
      input: text,
      output: text,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), async (records) => {
        expect(await writeInstructions(file, records)).toBe(records.length);
        expect(await all(readInstructions(file))).toEqual(records);
      }),
      { numRuns: 30 },
    );
  });

  it('streams more than one block', async () => {
    const records = Array.from({ length: 3000 }, (_, i) => ({
      instruction: `Say ${i} 金`,
      input: '',
      output: `${i}`.repeat(20),
    }));
    await writeInstructions(file, records);
    expect(await all(readInstructions(file))).toEqual(records);
  });

  it('keeps the old file, and nothing else, when the records fail', async () => {
    await writeInstructions(file, [{ instruction: 'Old', input: '', output: '' }]);
    async function* failing() {
      yield { instruction: 'New', input: '', output: '' };
      throw new Error('source broke');
    }
    await expect(writeInstructions(file, failing())).rejects.toThrow('source broke');
    expect(readFileSync(file, 'utf8')).toContain('Old');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['set.jsonl']);
  });

  it('reads other tools’ files and refuses all bad lines at once', async () => {
    const path = join(folder, 'other.jsonl');
    writeFileSync(path, '\uFEFF{"instruction":"a","output":"b","id":3}\r\n\n');
    expect(await all(readInstructions(path))).toEqual([
      { instruction: 'a', input: '', output: 'b' },
    ]);
    writeFileSync(
      path,
      '{"instruction":"a","output":"b"}\n{"instruction":"","output":5}\n[]\n{"a"\n',
    );
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const record of readInstructions(path)) seen.push(record);
    })();
    await expect(reading).rejects.toThrow(
      /line 2: instruction: .*; output: [\s\S]*line 3: [\s\S]*line 4: /,
    );
    expect(seen).toHaveLength(1);
  });

  it('says which file is missing, and which cannot be written', async () => {
    await expect(all(readInstructions(file))).rejects.toMatchObject({
      code: 'not-found',
    });
    writeFileSync(join(folder, 'plain'), '');
    const inside = join(folder, 'plain', 'set.jsonl');
    await expect(writeInstructions(inside, [])).rejects.toMatchObject({ code: 'bad-file' });
  });
});
