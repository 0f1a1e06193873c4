import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEngine } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCharacterModel } from '../testing/character-model.ts';
import { runIn } from '../testing/command-line.ts';

let folder: string;
const home = process.env.QUAESTOR_HOME;
beforeAll(async () => {
  // The engine lies in the true home folder.
  await loadEngine();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-train-table-'));
  process.env.QUAESTOR_HOME = join(folder, 'home');
  writeCharacterModel(join(folder, 'tiny'));
  const line = (i: number) => `${i},${i % 2 ? 'red' : 'blue'},${i % 2}`;
  const rows = Array.from({ length: 24 }, (_, i) => line(i));
  writeFileSync(join(folder, 'rows.csv'), ['size,colour,sold', ...rows].join('\n'));
  const others = Array.from({ length: 12 }, (_, i) => line(60 + i));
  writeFileSync(join(folder, 'new.csv'), ['size,colour,sold', ...others].join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (home === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = home;
});

const quaestor = (...words: string[]) => runIn(folder, words);

describe('quaestor train table', () => {
  const tiny = () => ['--model', join(folder, 'tiny')];
  const common = ['--csv', 'rows.csv:sold', '--out', 'sales'];

  it('puts an adapter into the hub by which classify knows the labels', async () => {
    const words = [
      '--learning-rate',
      '0.01',
      '--question',
      'Gone? Yes or no?',
      '--words',
      'no,yes',
    ];
    const { code, out, error } = await quaestor(
      'train',
      'table',
      ...tiny(),
      ...common,
      ...words,
      '--json',
    );
    expect([code, error]).toEqual([0, expect.stringMatching(/24 rows of 1 tables.*loss/s)]);
    const { examples, losses, folder: path } = JSON.parse(out);
    expect(examples).toBe(24);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
    const card = JSON.parse(readFileSync(join(path, 'quaestor.json'), 'utf8'));
    expect(card.recipe.rows).toMatchObject({
      style: 'paper',
      tables: [{ target: 'sold', classes: ['0', '1'], words: ['no', 'yes'] }],
    });
    expect(readdirSync(join(folder, 'home', 'training'))).toEqual([]);

    const asked = ['--target', 'sold', '--classes', '0,1', '--adapter', 'sales'];
    const shown = await quaestor('classify', 'new.csv', ...asked, '--dry-run');
    expect(shown.out).toContain('The size is 60. The colour is blue.\n\nGone? Yes or no? Answer:');
    writeFileSync(
      join(folder, 'bare.csv'),
      readFileSync(join(folder, 'new.csv'), 'utf8').replace(/,[01]$/gm, ','),
    );
    const reading = ['--language-model', join(folder, 'tiny'), '--json'];
    const predicted = await quaestor('classify', 'bare.csv', ...asked, ...reading);
    const { predictions } = JSON.parse(predicted.out) as { predictions: { prediction: string }[] };
    const right = predictions.filter(({ prediction }, i) => prediction === `${i % 2}`).length;
    expect(right).toBeGreaterThan(7); // of 12
  });

  it('keeps what there is unless it may replace it, and wants words that fit', async () => {
    mkdirSync(join(folder, 'home', 'adapters'), { recursive: true });
    const again = await quaestor('train', 'table', ...tiny(), ...common);
    expect([again.code, again.error]).toEqual([
      3,
      expect.stringMatching(/already an adapter sales/),
    ]);
    const wrong = await quaestor(
      'train',
      'table',
      ...tiny(),
      ...common,
      '--replace',
      '--words',
      'a,b,c',
    );
    expect([wrong.code, wrong.error]).toEqual([
      3,
      expect.stringMatching(/expected a word for each/),
    ]);
    const method = ['--method', 'ia3', '--shots', '4', '--max-steps', '1', '--layers', '1'];
    const short = await quaestor('train', 'table', ...tiny(), ...common, '--replace', ...method);
    expect(short.code).toBe(0);
    const config = readFileSync(join(short.out.trim(), 'adapter_config.json'), 'utf8');
    expect(JSON.parse(config)).toMatchObject({ peft_type: 'IA3' });
  });
});
