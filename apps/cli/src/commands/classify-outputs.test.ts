/** What `quaestor classify` writes over, and what it does not. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSink } from '../classify/prediction-sink.ts';
import { runIn } from '../testing/command-line.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-outputs-'));
  const lines = Array.from({ length: 24 }, (_, i) => `${i},${i % 3},${i > 11 ? 'large' : 'small'}`);
  writeFileSync(at('x.csv'), ['size,other,kind', ...lines, '3,1,', '20,2,', ''].join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const classify = (...words: string[]) => runIn(folder, ['classify', ...words, '--tabular']);
const learn = (...words: string[]) =>
  classify('x.csv', '--target', 'kind', '--trees', '5', ...words);

describe('quaestor classify refuses to write', () => {
  it('over what it reads, by whatever name', async () => {
    const before = text('x.csv');
    symlinkSync(at('x.csv'), at('symbolic.csv'));
    linkSync(at('x.csv'), at('hard.csv'));
    symlinkSync(folder, at('here'));
    for (const out of ['x.csv', './x.csv', 'symbolic.csv', 'hard.csv', 'here/x.csv']) {
      const { code, error } = await learn('--out', out, '--overwrite');
      expect([code, error]).toEqual([2, expect.stringContaining('which <file> names')]);
    }
    writeFileSync(at('new.csv'), 'size,other\n3,1\n');
    const apart = ['new.csv', '--target', 'kind', '--train', 'x.csv'];
    expect(await classify(...apart, '--card', 'x.csv')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--card would replace .*x\.csv, which --train names/),
    });
    expect(text('x.csv')).toBe(before);
  });

  it('over the model that it uses', async () => {
    expect(await learn('--save', './m')).toMatchObject({ code: 0 });
    const before = text('m/model.json');
    for (const out of ['m', 'm/model.json', 'm/lists.safetensors']) {
      expect(await classify('x.csv', '--model', './m', '--out', out)).toMatchObject({
        code: 2,
        error: expect.stringContaining('which --model names'),
      });
    }
    expect(text('m/model.json')).toBe(before);
  });

  it('two things into one', async () => {
    for (const [out, card, save, why] of [
      ['a', './a', './m', '--out and --card are one file'],
      ['m', 'a', './m', '--out and --save are one file'],
      ['m/p.csv', 'm/card.md', './m', '--card lies in the folder of --save'],
    ] as const) {
      const { code, error } = await learn('--out', out, '--card', card, '--save', save);
      expect([code, error]).toEqual([2, expect.stringContaining(why)]);
    }
    expect(readdirSync(folder)).toEqual(['x.csv']);
  });

  it('over files of another kind, unless that is wanted', async () => {
    writeFileSync(at('notes.csv'), 'size,note\n1,mine\n');
    writeFileSync(at('README.md'), '# Mine\n\nMade by hand.\n');
    const words = ['--out', 'notes.csv', '--card', 'README.md'];
    const { code, error } = await learn(...words);
    expect(code).toBe(2);
    expect(error).toMatch(/notes\.csv is there and holds no predictions: .* --overwrite/);
    expect(error).toMatch(/README\.md is there and holds no model card/);
    expect(text('notes.csv')).toContain('mine');
    expect(await learn(...words, '--overwrite')).toMatchObject({ code: 0 });
    expect(text('notes.csv')).toMatch(/^row,prediction,/);
    expect(text('README.md')).toMatch(/^# kind\n/);
  });

  it('a file where there is no folder, or a folder is', async () => {
    mkdirSync(at('there'));
    for (const [out, why] of [
      ['no/o.csv', `there is no folder ${at('no')}: create it, or give another place`],
      ['there', `${at('there')} is there and is no file: give another name`],
    ] as const) {
      const { code, error } = await learn('--out', out, '--overwrite');
      expect([code, error]).toEqual([2, expect.stringContaining(why)]);
    }
  });

  it('a model over a folder of other things, or over one of another target', async () => {
    mkdirSync(at('work'));
    writeFileSync(at('work/mine.txt'), 'mine');
    for (const save of ['./work', './']) {
      const { code, error } = await learn('--save', save, '--overwrite');
      expect([code, error]).toEqual([
        2,
        expect.stringContaining('holds other things than a model'),
      ]);
    }
    expect(text('work/mine.txt')).toBe('mine');
    expect(await learn('--save', './m')).toMatchObject({ code: 0 });
    const other = ['x.csv', '--target', 'size', '--trees', '5', '--save', './m'];
    expect(await classify(...other)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/the model .*m predicts kind: give another name, or --overw/),
    });
    expect(await classify(...other, '--overwrite')).toMatchObject({ code: 0 });
  });

  it('over a database, whatever it is told', async () => {
    const database = `SQLite format 3\0${'rows'.repeat(30)}`;
    writeFileSync(at('book.db'), database);
    for (const flag of ['--out', '--card']) {
      expect(await learn(flag, 'book.db', '--overwrite')).toMatchObject({
        code: 2,
        error: expect.stringMatching(/--(out|card): .*book\.db is a SQLite database/),
      });
    }
    expect(text('book.db')).toBe(database);
  });
});

describe('quaestor classify replaces', () => {
  it('what it has written before, and says so of a model', async () => {
    mkdirSync(at('m'));
    writeFileSync(at('o.csv'), '');
    const words = ['--out', 'o.csv', '--card', 'card.md', '--save', './m'];
    const first = await learn(...words);
    expect([first.code, first.error]).toEqual([0, expect.not.stringContaining('replaced')]);
    const before = text('o.csv');
    rmSync(at('o.csv'));
    writeFileSync(at('o.csv'), 'id,prediction,low,high,reasons,warnings\n1,2,3,4,,\n');
    const second = await learn(...words);
    expect([second.code, second.error]).toEqual([0, expect.stringContaining('replaced model m\n')]);
    expect(text('o.csv')).toBe(before);
    expect(existsSync(at('.o.csv.part'))).toBe(false);
  });
});

describe('quaestor classify --bom', () => {
  it('begins a file of predictions with a byte order mark, and replaces it the next time', async () => {
    expect(await learn('--out', 'plain.csv')).toMatchObject({ code: 0 });
    for (let run = 0; run < 2; run++) {
      expect(await learn('--bom', '--out', 'o.csv')).toMatchObject({ code: 0 });
      expect(text('o.csv')).toBe(`\ufeff${text('plain.csv')}`);
    }
  });

  it('does so on standard output', async () => {
    const stdout = new PassThrough();
    const shape = { classes: null, scale: 1, explained: false } as const;
    const told = { language: 'en', id: undefined } as const;
    const plain = { json: false, out: undefined, fingerprint: '', onKept: () => {} };
    await openSink(stdout, { ...shape, ...told, ...plain, bom: true });
    expect(String(stdout.read())).toBe('\ufeffrow,prediction,low,high,warnings\n');
  });

  it('writes quantities in as many digits as they differ in', async () => {
    const stdout = new PassThrough();
    const shape = { classes: null, scale: 40, explained: false, language: 'en' } as const;
    const plain = { json: false, out: undefined, id: undefined, bom: false };
    const sink = await openSink(stdout, { ...shape, ...plain, fingerprint: '', onKept: () => {} });
    const about = { row: 1, id: null, label: null, seen: false, warnings: [] };
    const said = { value: 1_700_000_123.456, low: 1_700_000_101, high: 1_700_000_145 };
    await sink.write([{ kind: 'value', ...said, ...about }]);
    expect(String(stdout.read())).toContain('\n1,1700000123.456,1700000101,1700000145,\n');
  });

  it('is for CSV', async () => {
    expect(await learn('--bom', '--json')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--bom is for CSV: leave out --json, or give --out'),
    });
  });
});
