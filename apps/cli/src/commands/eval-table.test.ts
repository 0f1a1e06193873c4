import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCharacterModel } from '../testing/character-model.ts';
import { runIn } from '../testing/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-eval-table-'));
afterAll(() => rmSync(folder, { recursive: true }));

for (const name of ['first', 'second']) {
  mkdirSync(join(folder, 'sets', name), { recursive: true });
  const rows = Array.from(
    { length: 90 },
    (_, i) => `${(i * 37) % 90},${i % 7},${(i * 37) % 90 > 40 ? 1 : 0}`,
  );
  writeFileSync(join(folder, 'sets', name, 'rows.csv'), ['a,b,label', ...rows].join('\n'));
}

const quaestor = (...words: string[]) =>
  runIn(folder, ['eval', 'table', '--data', 'sets', '--seeds', '1', ...words]);

describe('quaestor eval table', () => {
  it('prints the methods side by side, keeps the figures and goes on with them', async () => {
    const common = [
      '--methods',
      'LogReg',
      '--methods',
      'ours without LM',
      '--out',
      'o.json',
      '--chart',
      'o.svg',
    ];
    const { code, out } = await quaestor(...common, '--shots', '4', '--shots', '8', '--by-set');
    expect(code).toBe(0);
    expect(out).toMatch(
      /method +k=4 +k=8\n.*\nLogReg +(\.\d{3}|1\.000) +(\.\d{3}|1\.000)\nours without LM +/,
    );
    expect(out).toContain('Mean AUC over 2 tables, 1 seeds; splits drawn here: first, second');
    const kept = JSON.parse(readFileSync(join(folder, 'o.json'), 'utf8'));
    expect(kept).toMatchObject({
      settings: { testRows: null, sets: [{ name: 'first', rows: 90, classes: 2 }, {}] },
      machine: { node: process.versions.node },
    });
    expect(kept.cells).toHaveLength(8);
    expect(kept.macroMeans).toHaveLength(4);
    kept.cells[0].auc = 0.123;
    writeFileSync(join(folder, 'o.json'), JSON.stringify(kept));
    await quaestor(...common, '--shots', '4', '--shots', '16', '--sets', 'first');
    const more = JSON.parse(readFileSync(join(folder, 'o.json'), 'utf8'));
    expect(more.cells).toHaveLength(10);
    expect(more.cells[0].auc).toBe(0.123);
    expect(readFileSync(join(folder, 'o.svg'), 'utf8')).toMatch(
      /^<svg .*LogReg, 16 labelled rows/s,
    );
  });

  it('says where tested rows are all of one class, and goes on with the others', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i},${i === 0 ? 'yes' : 'no'}`);
    for (const name of ['rare', 'usual'])
      mkdirSync(join(folder, 'uneven', name), { recursive: true });
    writeFileSync(join(folder, 'uneven', 'rare', 'rows.csv'), ['a,label', ...lines].join('\n'));
    const usual = readFileSync(join(folder, 'sets', 'first', 'rows.csv'));
    writeFileSync(join(folder, 'uneven', 'usual', 'rows.csv'), usual);
    const words = '--data uneven --seeds 1 --methods LogReg --shots 4 --out uneven.json';
    const evaluate = () => runIn(folder, ['eval', 'table', ...words.split(' ')]);
    const { code, out } = await evaluate();
    expect(code).toBe(0);
    expect(out).toMatch(/LogReg +(\.\d{3}|1\.000)\n/);
    expect(out).toContain('Mean AUC over 1 table, 1 seeds');
    expect(out).toContain('; no AUC where tested rows are all of one class: rare\n');
    const kept = JSON.parse(readFileSync(join(folder, 'uneven.json'), 'utf8'));
    expect(kept.macroMeans).toMatchObject([{ sets: 1 }]);
    expect((await evaluate()).out).toBe(out);
  });

  it('tunes the language model for as many steps as it is told', async () => {
    writeCharacterModel(join(folder, 'tiny'));
    const common = ['--methods', 'LM + IA3', '--model', join(folder, 'tiny'), '--out', 'lm.json'];
    const few = [...common, '--shots', '0', '--shots', '4', '--test-rows', '5'];
    expect((await quaestor(...few, '--sets', 'first', '--max-steps', '1')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'lm.json'), 'utf8'))).toMatchObject({
      settings: { testRows: 5, maxSteps: 1 },
      cells: [{ method: 'LM + IA3', k: 4, rows: 5, tuning: expect.any(Number) }],
    });
    const { code, error } = await quaestor(...few);
    expect([code, error]).toEqual([3, expect.stringContaining('it was tuned for 1 steps')]);
  });

  it('shows other results beside its own, with what they were measured with', async () => {
    const other = ['--methods', 'LogReg', '--test-rows', '20', '--out', 'few.json'];
    await quaestor(...other, '--shots', '4');
    const before = readFileSync(join(folder, 'few.json'), 'utf8');
    const words = '--methods LogReg+RF --shots 4 --seeds 2 --out own.json --beside few.json';
    const compare = () => quaestor(...words.split(' '), '--chart', 'beside.svg');
    const { code, out } = await compare();
    expect(code).toBe(0);
    expect(out).toMatch(/method +k=4\n.*\nLogReg\+RF +\S+\nLogReg, 20 rows +\S+\n/);
    expect(out).toContain('2 tables, 2 seeds (fewer: LogReg, 20 rows: 1 at k=4); splits');
    expect(readFileSync(join(folder, 'beside.svg'), 'utf8')).toContain('>LogReg, 20 rows</text>');
    const own = readFileSync(join(folder, 'own.json'), 'utf8');
    expect(own).not.toContain('20 rows');
    expect((await compare()).out).toBe(out);
    expect(readFileSync(join(folder, 'own.json'), 'utf8')).toBe(own);
    expect(readFileSync(join(folder, 'few.json'), 'utf8')).toBe(before);
    expect(await quaestor('--shots', '4', '--beside', 'none.json')).toMatchObject({
      code: 3,
      error: expect.stringMatching(/none\.json/),
    });
  });

  it('draws its chart over nothing but a chart', async () => {
    const rows = join('sets', 'first', 'rows.csv');
    const before = readFileSync(join(folder, rows), 'utf8');
    const onto = (chart: string) => quaestor('--shots', '4', '--out', 'new.json', '--chart', chart);
    expect(await onto('./new.json')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--chart and --out are one file, .*new\.json: give two names/),
    });
    expect(await onto(rows)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/rows\.csv is there and holds no SVG: give another name/),
    });
    expect((await onto('sets')).error).toMatch(/sets is there and is no file/);
    expect(readFileSync(join(folder, rows), 'utf8')).toBe(before);
    expect(existsSync(join(folder, 'new.json'))).toBe(false);
  });

  it('refuses sets, methods and files that are none', async () => {
    expect((await quaestor('--sets', 'third')).error).toMatch(/no set third; it has first, second/);
    expect((await quaestor('--methods', 'magic')).error).toMatch(
      /no method magic; there are LogReg, .*ours without LM, ours, LM zero-shot, LM \+ tables, LM \+ IA3, LM \+ LoRA/,
    );
    writeFileSync(join(folder, 'other.json'), '{"a":1}');
    const { code, error } = await quaestor('--out', 'other.json', '--shots', '4');
    expect([code, error]).toEqual([3, expect.stringContaining('is no comparison to go on with')]);
    expect(readFileSync(join(folder, 'other.json'), 'utf8')).toBe('{"a":1}');
  });
});
