import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../apps/cli/src/commands/index.ts';
import { parseFlags } from '../apps/cli/src/flags.ts';
import { splitWords } from './shell-words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const commandLine = readFileSync(join(root, 'apps/cli/README.md'), 'utf8');
const documents = ['.', 'apps', 'packages', 'data', 'test'].flatMap(markdownFiles);

describe('README.md of the command line', () => {
  test('has a row for each command, in the order of --help', () => {
    const rows = [...commandLine.matchAll(/^\| `([a-z -]+)` +\| (.+?) +\|$/gm)];
    expect(rows.map(([, name, summary]) => ({ name, summary }))).toEqual(
      commands.map(({ name, summary }) => ({ name, summary })),
    );
  });
});

describe('command lines of the documentation', () => {
  const lines = [...`${readme}\n${commandLine}`.matchAll(/^(?:\$ )?(?:npx )?quaestor (.+)$/gm)].map(
    ([, line]) => line ?? '',
  );

  test.each(lines)('"quaestor %s" is a command line that parses', async (line) => {
    const words = splitWords(line.replace(/\s+#.*$/, ''));
    const entry = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
    expect(entry, `no such command: ${line}`).toBeDefined();
    if (entry === undefined || words.includes('--help')) return;
    const command = await entry.load();
    const rest = words.slice(entry.name.split(' ').length);
    expect(() => parseFlags(entry.name, command, rest)).not.toThrow();
  });
});

describe.each(documents)('%s', (document) => {
  test('links only to files that exist', () => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const broken = targets
      .filter((target) => !/^(https?:|mailto:|#)/.test(target))
      .filter((target) => !existsSync(join(root, dirname(document), target.replace(/#.*$/, ''))));
    expect(broken).toEqual([]);
  });
});

/** Markdown files below a folder; of the top folder, only its own. */
function markdownFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}
