import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';
import { openOutput } from './resumable-output.ts';

describe('csvText', () => {
  it('makes formulas harmless and leaves negative numbers alone', () => {
    const cells = [
      '=1+1',
      '@SUM(A1)',
      '+cmd',
      '-2+3',
      '\tx',
      '-5',
      '-0.25',
      '+1e-3',
      '--',
      'a=b',
      -3,
      null,
    ];
    expect(csvText([cells])).toBe(
      `"'=1+1","'@SUM(A1)","'+cmd","'-2+3","'\tx",-5,-0.25,+1e-3,"'--",a=b,-3,\n`,
    );
  });
});

describe('csvText of negative numbers', () => {
  it.each(['-66,01', '-1.234,50 €', '-$1,234.50', '-12 %', '-5 EUR', "-1'234.5"])('%s', (cell) => {
    expect(csvText([['a', cell]], { delimiter: ';' })).toBe(`a;${cell}\n`);
  });

  it.each(['-2,5+cmd', '-A1', '-5 SUM(A1)', '-5ABC'])('is no number: %s', (cell) => {
    expect(csvText([['a', cell]], { delimiter: ';' })).toBe(`a;"'${cell}"\n`);
  });
});

describe('csvText without formulas', () => {
  it('is what papaparse writes', () => {
    const signs = fc.constantFrom('a', '0', '.', '-', '_', ' ', ',', '"', '\n', 'é');
    const text = fc.string({ unit: signs, maxLength: 4 }).filter((cell) => !cell.startsWith('-'));
    const cell = fc.oneof(text, fc.double(), fc.constant(null));
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    const delimiters = fc.constantFrom(',', ';', '\t', '.', '-');
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), delimiters, (rows, delimiter) => {
        const cells = rows.map((one) => one.map((value) => value ?? ''));
        const options = { delimiter, newline: '\n', header: false };
        expect(csvText(rows, { delimiter })).toBe(`${Papa.unparse(cells, options)}\n`);
      }),
      { numRuns: 500 },
    );
  });
});

describe('openOutput', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-output-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const options = { columns: ['row', 'text'], fingerprint: 'a' };
  const rows = Array.from({ length: 9 }, (_, i) => [
    i + 1,
    i % 2 ? 'plain' : `two\nlines, "said" ü${i}`,
  ]);
  const whole = csvText([options.columns, ...rows]);

  it('shows the file only when it is whole', async () => {
    const path = join(folder, 'o.csv');
    const output = await openOutput(path, options);
    await output.write(rows.slice(0, 4));
    expect(readdirSync(folder)).toEqual(['.o.csv.part', '.o.csv.part.json', '.o.csv.part.lock']);
    await output.write(rows.slice(4));
    await output.finish();
    expect(readdirSync(folder)).toEqual(['o.csv']);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('goes on after a stop at any byte', async () => {
    const size = Buffer.byteLength(whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size }), async (bytes) => {
        const path = join(folder, 'o.csv');
        const stopped = await openOutput(path, options);
        await stopped.write(rows.slice(stopped.done));
        await stopped.stop();
        truncateSync(join(folder, '.o.csv.part'), bytes);
        const output = await openOutput(path, options);
        expect(output.done).toBeLessThanOrEqual(rows.length);
        await output.write(rows.slice(output.done));
        await output.finish();
        expect(readFileSync(path, 'utf8')).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('begins with a byte order mark where one is wanted, also after a stop', async () => {
    const path = join(folder, 'o.csv');
    for (const rest of [rows.slice(0, 3), rows.slice(3)]) {
      const output = await openOutput(path, { ...options, marked: true });
      await output.write(rest);
      await (rest.length === 3 ? output.stop() : output.finish());
    }
    expect(readFileSync(path, 'utf8')).toBe(`\ufeff${whole}`);
  });

  it('starts anew where cells are parted by another sign', async () => {
    const path = join(folder, 'signs.csv');
    const first = await openOutput(path, { columns: ['a', 'b'], fingerprint: '1' });
    await first.write([['x', 1]]);
    await first.stop();
    const next = await openOutput(path, { columns: ['a', 'b'], fingerprint: '1', delimiter: ';' });
    expect(next.done).toBe(0);
    await next.write([['z', 3]]);
    await next.finish();
    expect(readFileSync(path, 'utf8')).toBe('a;b\nz;3\n');
  });

  it('tells when rows are with the system, and no sooner', async () => {
    let kept = 0;
    const part = () => readFileSync(join(folder, '.o.csv.part'), 'utf8');
    const output = await openOutput(join(folder, 'o.csv'), { ...options, onKept: () => kept++ });
    await output.write(rows.slice(0, 2));
    expect([kept, part()]).toEqual([0, csvText([options.columns])]);
    await output.write([[3, 'long'.repeat(20_000)]]);
    expect([kept, part().includes('longlong')]).toEqual([1, true]);
    await output.stop();
    expect(kept).toBe(1);
  });

  it('starts anew when the part was made from something else, or its note is broken', async () => {
    const path = join(folder, 'o.csv');
    const first = await openOutput(path, options);
    await first.write(rows);
    await first.stop();
    const other = await openOutput(path, { ...options, fingerprint: 'b' });
    expect(other.done).toBe(0);
    await other.write(rows);
    await other.stop();
    appendFileSync(join(folder, '.o.csv.part.json'), '}');
    const third = await openOutput(path, { ...options, fingerprint: 'b' });
    expect(third.done).toBe(0);
    await third.write(rows);
    await third.stop();
    const columns = ['row', 'words'];
    const fourth = await openOutput(path, { columns, fingerprint: 'b' });
    expect(fourth.done).toBe(0);
    await fourth.stop();
  });

  it('takes nothing more once it is finished or stopped', async () => {
    const path = join(folder, 'o.csv');
    const output = await openOutput(path, options);
    await output.finish();
    await expect(output.write(rows)).rejects.toThrow(/o.csv is finished or stopped/);
    await expect(output.finish()).rejects.toThrow(/o.csv is finished or stopped/);
    await output.stop();
    const stopped = await openOutput(path, options);
    await stopped.stop();
    await stopped.stop();
    await expect(stopped.write(rows)).rejects.toThrow(/o.csv is finished or stopped/);
  });

  it('is written by one run at a time, and left free by a process that is gone', async () => {
    const path = join(folder, 'o.csv');
    const first = await openOutput(path, options);
    await first.write(rows.slice(0, 4));
    await expect(openOutput(path, options)).rejects.toThrow(
      `Process ${process.pid} is writing ${path} already`,
    );
    await first.stop();
    writeFileSync(join(folder, '.o.csv.part.lock'), `${process.pid} another start`);
    const second = await openOutput(path, options);
    expect(second.done).toBe(4);
    await second.write(rows.slice(4));
    await second.finish();
    expect(readdirSync(folder)).toEqual(['o.csv']);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('is not given its name when something else wrote to it, removed or replaced it', async () => {
    const path = join(folder, 'o.csv');
    const part = join(folder, '.o.csv.part');
    const spoilt = async (spoil: () => void) => {
      const output = await openOutput(path, options);
      expect(output.done).toBe(0);
      await output.write(rows);
      spoil();
      const error = await output.finish().catch((thrown: unknown) => thrown);
      expect(readdirSync(folder)).not.toContain('o.csv');
      return error;
    };
    expect(await spoilt(() => appendFileSync(part, '1,again\n'))).toMatchObject({
      code: 'bad-csv',
      message: expect.stringMatching(/o.csv.part, .* was changed: expected \d+ bytes, got \d+/),
    });
    for (const spoil of [
      () => rmSync(part),
      () => {
        renameSync(part, join(folder, 'other'));
        writeFileSync(part, whole);
      },
    ]) {
      expect(await spoilt(spoil)).toMatchObject({
        code: 'bad-csv',
        message: expect.stringContaining('was removed or replaced'),
      });
    }
  });

  it('says in words why it cannot be given its name', async () => {
    const path = join(folder, 'o.csv');
    const output = await openOutput(path, options);
    mkdirSync(path);
    await expect(output.finish()).rejects.toMatchObject({
      code: 'bad-csv',
      message: expect.stringMatching(/^Cannot write .*o.csv: EISDIR/),
    });
    expect(readdirSync(folder)).not.toContain('.o.csv.part.lock');
  });

  it('says where it cannot write', async () => {
    const missing = join(folder, 'no');
    await expect(openOutput(join(missing, 'o.csv'), options)).rejects.toThrow(
      `Cannot write ${join(missing, 'o.csv')}: there is no folder ${missing}. Create it`,
    );
  });
});
