import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadEngine } from '@quaestor/peft';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../apps/cli/src/commands/index.ts';
import { flagsOf, parseFlags } from '../apps/cli/src/flags.ts';
import { run } from '../apps/cli/src/run.ts';
import { splitWords } from './shell-words.ts';

// All tests share a process: the engine must be the whole one, not that of an empty state folder.
beforeAll(() => loadEngine());

const binary = fileURLToPath(new URL('../apps/cli/bin/quaestor.mjs', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
async function quaestor(line: string, signal = new AbortController().signal): Promise<Outcome> {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = Promise.all([text(stdout), text(stderr)]);
  const terminal = { stdout, stderr, stdin, signal, cwd: process.cwd(), env: process.env };
  const code = await run(splitWords(line), terminal);
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { code, stdout: out, stderr: err };
}

describe('help', () => {
  test('the overview names every command and goes to stdout', async () => {
    const { code, stdout, stderr } = await quaestor('--help');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const { name, summary } of commands) {
      expect(stdout).toContain(name);
      expect(stdout).toContain(summary);
    }
  });

  test('the page of a group names its commands alone', async () => {
    const { code, stdout } = await quaestor('help hub');
    expect(code).toBe(0);
    expect(stdout).toContain('hub compose');
    expect(stdout).not.toContain('classify');
  });

  // The standard output of mcp is a protocol.
  const others = commands.map(({ name }) => name).filter((name) => name !== 'mcp');

  test.each(others)('"%s" has --json', async (name) => {
    const command = await commands.find((entry) => entry.name === name)?.load();
    expect(command && flagsOf(command).map((flag) => flag.name)).toContain('json');
  });

  test('no words at all is a usage error with the same page on stderr', async () => {
    const { code, stdout, stderr } = await quaestor('');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: quaestor <command>');
  });

  test.each(commands.map(({ name }) => name))('"%s --help" explains every flag', async (name) => {
    const { code, stdout } = await quaestor(`${name} --help`);
    expect(code).toBe(0);
    const command = await commands.find((entry) => entry.name === name)?.load();
    expect(command?.examples, `${name} has no example`).not.toEqual([]);
    for (const flag of command === undefined ? [] : flagsOf(command)) {
      // A switch that is on is shown as the one that turns it off.
      const shown = flag.fallback === 'true' ? `--no-${flag.name}` : `--${flag.name}`;
      expect(stdout).toContain(flag.argument ? `<${flag.name}>` : shown);
      expect(flag.description, `${name} ${flag.key} has no description`).not.toBe('');
    }
  });

  test.each(commands.map(({ name }) => name))('the examples of "%s" parse', async (name) => {
    const command = await commands.find((entry) => entry.name === name)?.load();
    for (const line of command?.examples ?? []) {
      expect(line.startsWith(name)).toBe(true);
      const words = splitWords(line.slice(name.length));
      expect(() => command && parseFlags(name, command, words)).not.toThrow();
    }
  });
});

describe('usage errors exit with 2 and say what to do', () => {
  test.each([
    ['sevre', 'did you mean "serve"?'],
    ['doctor --jsno', 'unknown flag --jsno; did you mean --json?'],
    ['doctor now', 'unexpected "now"'],
    ['hub', '"hub" needs one of: list, show, add, pair, export, merge, remove, compose, search'],
    ['hub lsit', '"hub" needs one of'],
    ['hub show', '<name> is missing: name of the adapter'],
    ['serve --port many', '--port'],
    [
      'hub export x --out y --format ggfu',
      '"ggfu" is none of peft, gguf, vllm; did you mean gguf?',
    ],
    ['hub export --fromat gguf', '--out is missing'],
    ['hub compose', '<adapters> is missing: names of adapters in the hub'],
    ['completion tcsh', '<shell>: "tcsh" is none of bash, zsh, fish'],
    ['serve --port', '--port needs a value'],
    ['serve --port 70000', '--port'],
    ['serve --setup=no', '--setup takes no value'],
    ['serve --port 1 --port 2', '--port was given twice'],
  ])('quaestor %s', async (line, message) => {
    const { code, stdout, stderr } = await quaestor(line);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('See: quaestor help');
  });

  test('several problems are told at once', async () => {
    const { stderr } = await quaestor('serve extra --prot 1 --host');
    expect(stderr).toContain('did you mean --port?');
    expect(stderr).toContain('--host needs a value');
    expect(stderr).toContain('unexpected "extra"');
  });
});

describe('with an empty state folder', () => {
  const before = process.env.QUAESTOR_HOME;
  let home = '';

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'quaestor-cli-'));
    process.env.QUAESTOR_HOME = home;
  });

  afterEach(() => {
    if (before === undefined) delete process.env.QUAESTOR_HOME;
    else process.env.QUAESTOR_HOME = before;
    rmSync(home, { recursive: true, force: true });
  });

  test('doctor --json names what is missing and the command that repairs it', async () => {
    const { code, stdout } = await quaestor('doctor --json');
    expect(code).toBe(1);
    const findings = JSON.parse(stdout);
    expect(findings.model.path).toBeNull();
    expect(findings.demoDatabase.bytes).toBeNull();
    expect(findings.problems.length).toBeGreaterThan(0);
    for (const { problem, repair } of findings.problems) {
      expect(problem).toMatch(/./);
      expect(repair).toMatch(/^quaestor /);
    }
    // Where another state folder placed the engine and it works, none of its steps is left.
    if (findings.engine.tensorflow !== null) {
      expect(JSON.stringify(findings.problems)).not.toContain('libtensorflow');
    }
  });

  test('an unknown adapter is refused with 3', async () => {
    const { code, stderr } = await quaestor('hub show no-such-adapter');
    expect(code).toBe(3);
    expect(stderr).toContain('no-such-adapter');
    expect(stderr).not.toContain('at ');
  });

  test('a folder that is no adapter is refused with 3 and nothing is added', async () => {
    const folder = join(home, 'not-an-adapter');
    mkdirSync(folder);
    writeFileSync(join(folder, 'adapter_config.json'), '{');
    const { code } = await quaestor(`hub add ${folder} mine`);
    expect(code).toBe(3);
    expect(existsSync(join(home, 'adapters', 'mine'))).toBe(false);
  });

  test('inputs of "ask" and "train sql" are refused with 3 before a model is loaded', async () => {
    writeFileSync(join(home, 'questions.json'), '[{"question": "How many?"}]');
    const questions = `--questions ${home}/questions.json`;
    const cases = [
      ['ask "How many funds?" --db nowhere', 'There is no database nowhere'],
      ['ask "How many funds?" --db demo --exemplars none.json', 'demo'],
      [`train sql ${questions} --databases ${home} --out x`, 'item 0'],
      [`train sql ${questions} ${questions} --databases ${home} --out x`, '2 question files need'],
      [`train sql ${questions} --databases ${home} --out x --set r`, 'expected FIELD=VALUE'],
      [`eval sql ${questions} --databases ${home}/none`, 'expected a folder of databases'],
    ] as const;
    for (const [line, message] of cases) {
      const { code, stdout, stderr } = await quaestor(line);
      expect(stderr).toContain(message);
      expect(code).toBe(3);
      expect(stdout).toBe('');
    }
  });

  test('an aborted set-up exits with 130', async () => {
    const { code, stderr } = await quaestor('setup', AbortSignal.abort());
    expect(code).toBe(130);
    expect(stderr).toContain('stopped');
  });
});

test('the binary runs, prints help and passes the exit code on', async () => {
  const execute = promisify(execFile);
  const { stdout } = await execute(process.execPath, [binary, '--help']);
  expect(stdout).toContain('Usage: quaestor <command>');
  await expect(execute(process.execPath, [binary, 'sevre'])).rejects.toMatchObject({ code: 2 });
});
