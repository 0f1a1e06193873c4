import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { argument, defineCommand } from './command.ts';
import { UsageError } from './errors.ts';
import { flagsOf, parseFlags } from './flags.ts';

const command = defineCommand({
  options: z.object({
    file: argument(z.string().describe('a file')),
    maxRows: z.int().positive().default(10).describe('rows'),
    learning_rate: z.number().optional().describe('rate'),
    set: z.array(z.string()).default([]).describe('fields'),
    mode: z.enum(['fast', 'slow']).default('fast').describe('mode'),
    dryRun: z.boolean().default(false).describe('only look'),
    config: z.string().optional().describe('JSON file'),
  }),
  examples: [],
  run: async () => 0,
});

const folder = mkdtempSync(join(tmpdir(), 'quaestor-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (...words: string[]) => parseFlags('try', command, words, folder);

describe('parseFlags', () => {
  it('names flags in kebab case, whatever the schema calls them', () => {
    expect(flagsOf(command).map(({ name }) => name)).toEqual([
      'file',
      'max-rows',
      'learning-rate',
      'set',
      'mode',
      'dry-run',
      'config',
    ]);
  });

  it('fills in the defaults', () => {
    expect(parse('a.json')).toEqual({
      file: 'a.json',
      maxRows: 10,
      set: [],
      mode: 'fast',
      dryRun: false,
    });
  });

  it('reads numbers, repeated flags, inline values and negative numbers', () => {
    expect(parse('a', '--max-rows=3', '--set', 'r=1', '--set', 'b=2', '--dry-run')).toMatchObject({
      maxRows: 3,
      set: ['r=1', 'b=2'],
      dryRun: true,
    });
    expect(parse('a', '--learning-rate', '-0.5')).toMatchObject({ learning_rate: -0.5 });
    expect(parse('--', '--odd-name')).toMatchObject({ file: '--odd-name' });
  });

  it('refuses values outside the schema and says which flag', () => {
    expect(() => parse('a', '--max-rows', '0')).toThrow('--max-rows');
    expect(() => parse('a', '--max-rows', 'many')).toThrow('--max-rows');
    expect(() => parse('a', '--mode', 'medium')).toThrow('--mode');
  });

  it('reads a switch that is turned off', () => {
    expect(parse('a', '--no-dry-run')).toMatchObject({ dryRun: false });
    expect(() => parse('a', '--no-dry-run=1')).toThrow('takes no value');
    expect(() => parse('a', '--no-mode')).toThrow('unknown flag --no-mode');
  });

  it('reads a JSON file, over which flags win', () => {
    writeFileSync(join(folder, 'run.json'), '{"maxRows": 5, "mode": "slow"}');
    expect(parse('a', '--config', 'run.json', '--mode', 'fast')).toMatchObject({
      maxRows: 5,
      mode: 'fast',
    });
  });

  it('names every unknown field of such a file', () => {
    writeFileSync(join(folder, 'odd.json'), '{"rows": 5, "moed": "slow"}');
    const problems = [/unknown field rows/, /unknown field moed/];
    for (const problem of problems) {
      expect(() => parse('a', '--config', 'odd.json')).toThrow(problem);
    }
    expect(() => parse('a', '--config', 'none.json')).toThrow(UsageError);
  });
});
