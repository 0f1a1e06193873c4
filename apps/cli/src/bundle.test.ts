import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { inRepository } from './repository.ts';

const { bundleOf } = (await import(
  pathToFileURL(inRepository('apps/cli/bin/bundle.mjs')).href
)) as {
  bundleOf(repository: string, entry: string): Promise<string | null>;
};

const all = realpathSync(mkdtempSync(join(tmpdir(), 'bundle-')));
afterAll(() => rmSync(all, { recursive: true }));

let repository = '';
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
};
const packageOf = (folder: string, name: string, says: string) => {
  write(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, main: 'main.js' }));
  write(`${folder}/node_modules/${name}/main.js`, `module.exports = ${JSON.stringify(says)};`);
};
const run = (bundle: string | null) =>
  execFileSync(process.execPath, [bundle ?? 'none', 'x y'], { encoding: 'utf8' });
const entry = () => join(repository, 'apps/cli/src/main.ts');

/** A repository with a command line, a package of its own and packages of others. */
beforeEach(() => {
  repository = mkdtempSync(join(all, 'repository-'));
  packageOf('.', 'one', 'the shared one');
  packageOf('.', 'two', 'the shared two');
  packageOf('packages/words', 'two', 'its own two');
  write('node_modules/@quaestor/none', '');
  symlinkSync(join(repository, 'packages/words'), join(repository, 'node_modules/@quaestor/words'));
  write(
    'packages/words/package.json',
    JSON.stringify({
      ...{ name: '@quaestor/words', type: 'module', sideEffects: false },
      exports: { '.': { '@quaestor/source': './src/index.ts', default: './dist/none.js' } },
    }),
  );
  write(
    'packages/words/src/registered.ts',
    `import { names } from './names.ts'; names.push('registered');`,
  );
  write('packages/words/src/names.ts', 'export const names: string[] = [];');
  write(
    'packages/words/src/index.ts',
    `import './registered.ts'; import two from 'two'; export { names } from './names.ts';
     export const place: string = import.meta.url; export const own: string = two;`,
  );
  write(
    'apps/cli/src/main.ts',
    `import { basename } from 'node:path'; import one from 'one'; import { names, own, place } from '@quaestor/words';
     import { late } from './late.ts';
     const { later } = await import('./later.ts');
     console.log([one, own, names, place, basename(import.meta.url), process.argv[2], late, later].join('\\n'));`,
  );
  write('apps/cli/src/late.ts', `export const late = 'before';`);
  write('apps/cli/src/later.ts', `export const later: number = 7;`);
});

const said = (late = 'before') =>
  [
    ...['the shared one', 'its own two', 'registered'],
    pathToFileURL(join(repository, 'packages/words/src/index.ts')).href,
    ...['main.ts', 'x y', late, '7', ''],
  ].join('\n');

it('does what the sources do: places, own packages, registrations, late imports', async () => {
  expect(run(await bundleOf(repository, entry()))).toBe(said());
});

it('is made once, and again when a source changes', async () => {
  const first = await bundleOf(repository, entry());
  const { ino, mtimeMs } = statSync(first ?? '');
  expect(await bundleOf(repository, entry())).toBe(first);
  expect(statSync(first ?? '')).toMatchObject({ ino, mtimeMs });
  write('apps/cli/src/late.ts', `export const late = 'after';`);
  const second = await bundleOf(repository, entry());
  expect(second).not.toBe(first);
  expect(existsSync(first ?? '')).toBe(false);
  expect(run(second)).toBe(said('after'));
  // The same size, another time.
  write('apps/cli/src/late.ts', `export const late = 'later';`);
  utimesSync(join(repository, 'apps/cli/src/late.ts'), 1, 2);
  expect(run(await bundleOf(repository, entry()))).toBe(said('later'));
  // What a package exports.
  write(
    'packages/words/src/other.ts',
    `export const [names, own, place] = ['none', 'other', 'x'];`,
  );
  const file = join(repository, 'packages/words/package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('./src/index.ts', './src/other.ts'));
  expect(run(await bundleOf(repository, entry()))).toContain('other\nnone\nx\n');
  expect(readdirSync(join(repository, 'node_modules/.cache/quaestor'))).toHaveLength(2);
});

it('is made anew where the repository was copied, and where its files are damaged', async () => {
  await bundleOf(repository, entry());
  const other = join(all, 'copied');
  cpSync(repository, other, { recursive: true, verbatimSymlinks: true });
  rmSync(join(other, 'node_modules/@quaestor/words'));
  symlinkSync(join(other, 'packages/words'), join(other, 'node_modules/@quaestor/words'));
  repository = other;
  const copied = await bundleOf(repository, entry());
  expect(run(copied)).toBe(said());
  rmSync(copied ?? '');
  expect(run(await bundleOf(repository, entry()))).toBe(said());
  for (const text of ['{', '', '{"format":1}', 'null']) {
    write('node_modules/.cache/quaestor/apps-cli-src-main.json', text);
    expect(run(await bundleOf(repository, entry()))).toBe(said());
  }
});

it.each([
  ['a source is wrong', () => write('apps/cli/src/late.ts', 'export const late = ;')],
  ['a source is missing', () => rmSync(join(repository, 'apps/cli/src/late.ts'))],
  ['nothing can be written', () => write('node_modules/.cache', '')],
])('leaves it to the sources where %s', async (_, spoil) => {
  spoil();
  expect(await bundleOf(repository, entry())).toBeNull();
});
