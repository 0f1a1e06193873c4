/** Paths that people mistype: the input is refused, with what is wrong and without a stack trace. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runIn } from './testing/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-wrong-paths-'));
const outcome = (words: readonly string[]) => runIn(folder, words);
beforeAll(() => {
  mkdirSync(join(folder, 'home'));
  for (const file of ['file', 'a b.zip']) writeFileSync(join(folder, file), 'a,b\n1,2\n');
  symlinkSync('loop', join(folder, 'loop'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('below a file, of links that lead to themselves, of an archive', () => {
  beforeAll(() => vi.stubEnv('QUAESTOR_HOME', join(folder, 'home')));

  it.each([
    [['hub', 'add', 'file', 'f'], 'file is a file: expected a folder with adapter_config.json'],
    [['hub', 'add', 'a b.zip', 'f'], 'unpack an archive first'],
    [['hub', 'add', 'file/below', 'f'], 'below/adapter_config.json: there is no such file'],
    [['ask', 'q', '--db', 'file/below'], 'There is no database file/below'],
    [['describe', 'loop'], 'There is no database loop'],
    [['classify', 'file/below.csv', '--target', 'b', '--train', 'file'], 'Cannot read'],
    [['classify', 'file', '--target', 'b', '--train', 'loop'], 'Cannot read'],
    [
      ['classify', 'file', '--target', 'b', '--train', 'a b.zip', '--out', 'loop'],
      'the label 2 only',
    ],
  ])('%j', async (words, message) => {
    expect(await outcome(words)).toMatchObject({
      code: 3,
      error: expect.stringContaining(message),
    });
  });
});

describe('a file in place of the state folder', () => {
  beforeAll(() => vi.stubEnv('QUAESTOR_HOME', join(folder, 'file')));

  it.each([
    [['keys', 'list']],
    [['keys', 'add', 'me']],
    [['describe', 'demo']],
    [['setup']],
    [['serve']],
  ])('%j', async (words) => {
    const { code, error } = await outcome(words);
    expect([code, error]).toEqual([
      3,
      expect.stringMatching(/The state folder .*file cannot be made: .*file is a file\. Choose/),
    ]);
  });
});
