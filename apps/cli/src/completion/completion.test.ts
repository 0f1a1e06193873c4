/** The scripts in the shells that are installed: what a press of the tab key offers. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { inRepository } from '../repository.ts';
import { bashScript } from './bash.ts';
import { describeCommands } from './described-command.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-completion-'));
const environment = {
  ...process.env,
  QUAESTOR_HOME: join(folder, 'home'),
  PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
};

/** Names of databases that a shell would run, were they read as its own text. */
const HOSTILE = ['x$(touch PWNED)', 'y`touch PWNED`;touch PWNED'];

beforeAll(async () => {
  const described = await describeCommands(commands);
  writeFileSync(join(folder, 'script.bash'), bashScript(described));
  writeFileSync(join(folder, 'script.zsh'), zshScript(described));
  writeFileSync(join(folder, 'script.fish'), fishScript(described));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(inRepository('apps/cli/bin/quaestor.mjs'), join(folder, 'bin', 'quaestor'));
  mkdirSync(join(folder, 'home', 'databases'), { recursive: true });
  writeFileSync(join(folder, 'home', 'databases', 'concerts.sqlite'), '');
  writeFileSync(join(folder, 'home', 'databases', 'my funds.db'), '');
  for (const name of HOSTILE)
    writeFileSync(join(folder, 'home', 'databases', `${name}.sqlite`), '');
  writeFileSync(join(folder, 'rows.csv'), 'a,b\n1,2\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a shell on a program. @returns the lines that it prints */
function linesOf(shell: string, words: readonly string[]): string[] {
  const output = execFileSync(shell, words, { env: environment, cwd: folder, encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What each shell offers for the words so far; the last one is being typed. */
const offers: Readonly<Record<string, (words: readonly string[]) => string[]>> = {
  bash: (words) =>
    linesOf('bash', [
      '-c',
      `source script.bash
       COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length - 1}
       _quaestor; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]),
  fish: (words) =>
    linesOf('fish', ['-N', '-c', `source script.fish; complete -C '${words.join(' ')}'`]).map(
      (line) => line.split('\t')[0] ?? '',
    ),
  zsh: (words) => {
    writeFileSync(join(folder, 'offered'), '');
    writeFileSync(join(folder, 'keys.zsh'), zshKeys(words.join(' ')));
    execFileSync('zsh', ['keys.zsh'], { env: environment, cwd: folder, timeout: 30_000 });
    return readFileSync(join(folder, 'offered'), 'utf8').split('\n').filter(Boolean);
  },
};

/** zsh completes only in a terminal: one is made, typed into, and what is offered is written down. */
function zshKeys(line: string): string {
  const inside = [
    'autoload -Uz compinit && compinit -D -u',
    'source ./script.zsh',
    // Calls that only ask what would be offered pass through.
    'compadd() { if [[ $@[(I)-(O|A|D)*] -eq 0 ]]; then local -a shown; builtin compadd -O shown "$@"; print -rl -- $shown >> ./offered; fi; builtin compadd "$@" }',
    'finish() { zle complete-word; print done > ./finished }; zle -N finish; bindkey "^I" finish',
    'print ready > ./started',
  ];
  writeFileSync(join(folder, 'inside.zsh'), `${inside.join('\n')}\n`);
  const wait = (file: string) =>
    `for i in {1..200}; do [[ -e ${file} ]] && break; sleep 0.05; done`;
  return [
    'rm -f started finished; zmodload zsh/zpty; zpty -b inner zsh -i',
    `zpty -w inner 'source ./inside.zsh'; ${wait('started')}`,
    `zpty -w -n inner '${line}'$'\\t'; ${wait('finished')}; zpty -d inner`,
  ].join('\n');
}

describe.each(Object.keys(offers))('in %s', (shell) => {
  const offered = (...words: string[]) => offers[shell]?.(['quaestor', ...words]) ?? [];
  const there = it.skipIf(!has(shell));

  there('commands, and the commands of a group', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['setup', 'ask', 'hub', 'completion']));
    expect(offered('comp')).toEqual(['completion']);
    expect(offered('hub', 're')).toEqual(['remove']);
  });

  there('flags, and the words of a flag that has some', () => {
    expect(offered('hub', 'export', '--f')).toEqual(['--format']);
    expect(offered('hub', 'export', '--format', 'g')).toEqual(['gguf']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
  });

  there('names of this machine', () => {
    expect(offered('ask', '--db', 'con')).toEqual(['concerts']);
    expect(offered('hub', 'show', 'finance')).toEqual([
      'finance-sql',
      'finance-sql-demo',
      'finance-sql-fund',
      'finance-sql-macro',
      'finance-sql-new',
      'finance-sql-spider',
      'finance-sql-stock',
    ]);
  });

  there('names without running what stands in them', () => {
    expect([...offered('ask', '--db', 'x'), ...offered('ask', '--db', 'y')]).toHaveLength(2);
    expect(existsSync(join(folder, 'PWNED'))).toBe(false);
  });
});

it.skipIf(!has('bash'))('bash is given names as they have to be typed', () => {
  const offered = (word: string) => offers.bash?.(['quaestor', 'ask', '--db', word]);
  expect(offered('x')).toEqual(['x\\$\\(touch\\ PWNED\\)']);
  expect(offered('my')).toEqual(['my\\ funds']);
  expect(offered('my\\ f')).toEqual(['my\\ funds']);
});

it('knows nothing of a kind that there is not', () => {
  expect(linesOf('quaestor', ['__complete', 'constructor'])).toEqual([]);
  expect(linesOf('quaestor', ['__complete', 'databases'])).toEqual([
    'concerts',
    'my funds',
    ...HOSTILE,
  ]);
});
