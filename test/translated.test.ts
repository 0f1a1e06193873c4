/** Every sentence that stands in the source in each language: Chinese is Chinese, and no value is lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const TEXT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\]|\$\{[^`]*?`[^`]*?`[^`]*?\})*`/;
const PAIR = new RegExp(`\\ben:\\s*(${TEXT.source}),\\s*zh:\\s*(${TEXT.source})`, 'g');
/** A value between the words, by its name. */
const VALUE = /\$\{([\w.]+)\}/g;
/** What a library says, and where a file lies, need not be told twice. */
const UNTOLD = new Set(['message', 'folder']);

const pairs = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^\w+.src.*(?<!\.test)\.ts$/.test(file) && !file.includes('node_modules'))
    .flatMap((file) => [...readFileSync(join(root, folder, file), 'utf8').matchAll(PAIR)]),
);

it('is found in the source', () => {
  expect(pairs.length).toBeGreaterThan(150);
});

it.each(pairs.map(([, en = '', zh = '']) => [en, zh]))('%s', (en, zh) => {
  expect(en).not.toMatch(/\p{Script=Han}/u);
  // Values alone are said alike.
  const words = en.slice(1, -1).replaceAll(/\$\{.*?\}/g, '');
  if (/\p{L}/u.test(words)) expect(zh).toMatch(/\p{Script=Han}/u);
  for (const [, name = ''] of en.matchAll(VALUE)) {
    if (UNTOLD.has(name)) continue;
    expect(zh).toContain(name.replace(/(^|\.)en$/, '$1zh'));
  }
});
