/** The files that the longer benches read and go on with: what is wrong with one is said, and it stays. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inRepository } from '../repository.ts';
import { temporaryHome } from '../testing/command-line.ts';

const home = await temporaryHome();
afterAll(() => home.remove());

const path = (name: string) => join(home.folder, name);
const transfer = ['bench', 'transfer', '--out', 'out.json'];
const methods = ['bench', 'methods', '--methods', 'lora'];
const faulty = [
  { words: [...transfer, '--experiment', 'none.json'], text: undefined, said: 'no such file' },
  { words: [...transfer, '--experiment', 'x.json'], text: '{"a":', said: 'is not JSON' },
  {
    words: [...transfer, '--experiment', 'x.json'],
    text: '{"a":1}',
    said: /no transfer experiment:.*"a".*at questions.*at sources/s,
  },
  { words: [...methods, '--settings', 'x.json'], text: '{"lora":1}', said: /at lora/ },
  { words: [...methods, '--out', 'x.json'], text: '{"a":1}', said: 'no comparison to go on with' },
];

it.each(faulty)('$words', async ({ words, text, said }) => {
  if (text !== undefined) writeFileSync(path('x.json'), text);
  const { code, error } = await home.quaestor(...words);
  expect([code, error]).toEqual([3, expect.stringMatching(said)]);
  expect(error).not.toContain('    at ');
  if (text !== undefined) expect(readFileSync(path('x.json'), 'utf8')).toBe(text);
});

it.each([
  ['bench', 'transfer', '--out', 'x.json'],
  ['bench', 'methods'],
  ['bench', 'ablation', '--questions', 'x.json', '--databases', '.'],
])('%s %s draws its chart over no other file', async (...words) => {
  writeFileSync(path('x.json'), '{"a":1}');
  writeFileSync(path('y.json'), '{"b":1}');
  const { code, error } = await home.quaestor(...words, '--chart', 'y.json');
  expect([code, error]).toEqual([2, expect.stringContaining('y.json is there and holds no SVG')]);
  expect(readFileSync(path('y.json'), 'utf8')).toBe('{"b":1}');
});

it('a comparison of methods writes over nothing that was measured otherwise', async () => {
  const kept = readFileSync(inRepository('data/results/methods.json'));
  writeFileSync(path('kept.json'), kept);
  const { code, error } = await home.quaestor(...methods, '--out', 'kept.json', '--seed', '9');
  expect([code, error]).toEqual([3, expect.stringContaining('--batch-size 4 --seed 1.')]);
  expect(readFileSync(path('kept.json'))).toEqual(kept);
});
