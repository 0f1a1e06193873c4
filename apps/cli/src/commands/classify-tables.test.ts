/** Tables as people have them – other encodings, broken rows, a stop in between – through the whole command. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runIn } from '../testing/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SIZE = 40;

/** Labelled rows, small and large, then three rows to predict; the id is free text. */
function table(
  header: string,
  [small, large]: readonly [string, string],
  ids: readonly [string, string, string],
): string {
  const known = Array.from({ length: SIZE }, (_, i) => {
    const size = (i * 17) % SIZE;
    return `k-${i},${size},${i % 3},${size < SIZE / 2 ? small : large}`;
  });
  const asked = ids.map((id, i) => `${id},${[2, 37, 5][i]},1,`);
  return `${[header, ...known, ...asked].join('\n')}\n`;
}

const plain = table('id,size,other,kind', ['small', 'large'], ['a', 'b', 'c']);

async function classify(content: string | Uint8Array, ...words: readonly string[]) {
  writeFileSync(join(folder, 'table.csv'), content);
  const flags = ['--id', 'id', '--tabular', '--trees', '10', ...words];
  return runIn(folder, ['classify', 'table.csv', '--target', 'kind', ...flags]);
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** ASCII and what two bytes can say, found by reading all pairs of bytes. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from([...text].flatMap((sign) => codes.get(sign) ?? [sign.charCodeAt(0)]));
}

const predictions = (out: string) =>
  out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2).join());

describe('quaestor classify reads', () => {
  const latin = table('id,size,other,kind', ['très petit', 'énorme'], ['Zoë', 'Jürgen', 'Chloé']);
  const chinese = table('id,size,other,kind', ['很小的', '很大的'], ['张伟', '王芳', '李娜']);

  it.each([
    ['UTF-8 with a byte order mark', latin, (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', latin, (text: string) => utf16(`\ufeff${text}`)],
    ['UTF-16, big end first', latin, (text: string) => utf16(`\ufeff${text}`).swap16()],
    ['UTF-16 without a mark', latin, utf16],
    ['Latin-1', latin, (text: string) => Buffer.from(text, 'latin1')],
    ['GB18030', chinese, gb18030],
    ['UTF-16 of Chinese', chinese, (text: string) => utf16(`\ufeff${text}`).swap16()],
  ])('%s, as it reads UTF-8', async (_, content, encode) => {
    const expected = await classify(content);
    expect(expected.code).toBe(0);
    expect(await classify(encode(content))).toMatchObject({ code: 0, out: expected.out });
  });

  it('columns named like parts of objects', async () => {
    const content = plain
      .replace('size,other', '__proto__,constructor')
      .replaceAll('small', '__proto__')
      .replaceAll('large', 'toString');
    const { code, out } = await classify(content);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('id,prediction,p___proto__,p_toString,margin,warnings');
    expect(predictions(out)).toEqual(['a,__proto__', 'b,toString', 'c,__proto__']);
  });

  it('headers that stand there twice', async () => {
    const { code, out, error } = await classify(plain.replace('size,other', 'size,size'));
    expect([code, predictions(out)]).toEqual([0, ['a,small', 'b,large', 'c,small']]);
    const told = 'column 3 has the same header as another, size; it is called size_2';
    expect(error.split(told)).toHaveLength(2);
  });

  it('what Excel writes before the header', async () => {
    const expected = await classify(plain);
    const excel = Buffer.from(`\ufeffsep=;\r\n${plain.replaceAll(',', ';')}`);
    expect(await classify(excel)).toMatchObject({ code: 0, out: expected.out });
  });

  it('rows that are too short or too long, told by their numbers', async () => {
    const { code, out, error } = await classify(`${plain}d,36,2\ne,3,2,,9\nk,4,1,small,9\n`);
    expect(code).toBe(0);
    expect(predictions(out)).toEqual(['a,small', 'b,large', 'c,small', 'd,large', 'e,small']);
    expect(out).toMatch(/^d,.*,has 3 cells where the header has 4$/m);
    expect(out).toMatch(/^e,.*,has 5 cells where the header has 4$/m);
    expect(error).toContain(`row ${SIZE + 6} has 5 cells where the header has 4`);
  });

  it('no further than a quote that is never closed, and leaves nothing under the name', async () => {
    const { code, error } = await classify(`${plain}"d,36,1,\ne,3,1,\n`, '--out', 'o.csv');
    expect(code).toBe(3);
    expect(error).toContain(`Row ${SIZE + 4}: a quote is opened and never closed.`);
    expect(readdirSync(folder)).toEqual(['table.csv']);
  });

  it('a cell of a megabyte', async () => {
    const long = 'so "" long, \n'.repeat(80_000);
    const { code, out } = await classify(`${plain}d,36,"${long}",\n`);
    expect([code, predictions(out).at(-1)]).toEqual([0, 'd,large']);
  });
});

describe('quaestor classify, stopped', () => {
  it('goes on and ends with the same file, letter by letter', async () => {
    const rows = Array.from({ length: 25_000 }, (_, i) => `"r ""${i}""",${i % SIZE},${i % 3},`);
    const content = `${plain}${rows.join('\n')}\n`;
    expect(await classify(content, '--out', 'whole.csv')).toMatchObject({ code: 0 });
    const part = join(folder, '.stopped.csv.part');
    const stop = new AbortController();
    const watch = setInterval(() => {
      if (existsSync(part) && statSync(part).size > 100_000) stop.abort();
    }, 1);
    const command = ['classify', 'table.csv', '--target', 'kind', '--id', 'id', '--tabular'];
    const words = [...command, '--trees', '10', '--out', 'stopped.csv'];
    const told = { QUAESTOR_PROGRESS: 'json' };
    const stopped = await runIn(folder, words, stop.signal, told);
    clearInterval(watch);
    expect(stopped.code).toBe(130);
    expect(stopped.error.split('\n')).toContain('{"type":"kept"}');
    expect(stopped.error).toContain('Predicting was stopped: run the same command again to go on');
    expect(existsSync(join(folder, 'stopped.csv'))).toBe(false);
    expect(statSync(part).size).toBeLessThan(statSync(join(folder, 'whole.csv')).size);
    const { code, error } = await runIn(folder, words);
    expect(code).toBe(0);
    expect(Number(/(\d+) rows,/.exec(error)?.[1])).toBeLessThan(25_000);
    const [whole, again] = ['whole.csv', 'stopped.csv'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(again === whole).toBe(true);
  });
});
