import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RULES } from './calibrate.ts';

it('README.md has one row for each rule, in their order', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` /gm)].map(([, name]) => name);
  expect(rows).toEqual(RULES.map(({ name }) => name));
});
