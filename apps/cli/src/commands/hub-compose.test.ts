import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readAdapter, writeAdapter } from '@quaestor/peft';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import { parseFlags } from '../flags.ts';
import { hubCompose } from './hub-compose.ts';
import { hubPair } from './hub-pair.ts';

const before = process.env.QUAESTOR_HOME;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-cli-'));
  process.env.QUAESTOR_HOME = home;
  adapter('a', 2, 'x/Small', ['sql']);
  adapter('b', 3, 'x/Small', ['sql', 'funds']);
  adapter('c', 2, 'y/Large', []);
});
afterEach(() => {
  if (before === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = before;
  rmSync(home, { recursive: true });
});

function adapter(
  name: string,
  r: number,
  base: string,
  tags: readonly string[],
  recipe = {},
  databases: readonly string[] = [],
): void {
  const values = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i + r));
  writeAdapter(
    join(home, 'adapters', name),
    {
      peft_type: 'LORA',
      r,
      lora_alpha: 2 * r,
      target_modules: ['q'],
      base_model_name_or_path: base,
    },
    new Map([
      ['base_model.model.q.lora_A.weight', { shape: [r, 4], data: values(4 * r) }],
      ['base_model.model.q.lora_B.weight', { shape: [5, r], data: values(5 * r) }],
    ]),
    { card: { tags, recipe, databases } },
  );
}

const compose = (...words: string[]) => run('hub compose', hubCompose, words);

/** What the last command told on standard error. */
let told = '';

async function run(name: string, command: Command, words: readonly string[]): Promise<string> {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = text(stdout);
  const telling = text(stderr);
  const signal = new AbortController().signal;
  const terminal = { stdout, stderr, stdin, signal, cwd: home, env: process.env };
  await command.run(parseFlags(name, command, words), terminal);
  stdout.end();
  stderr.end();
  told = await telling;
  return printed;
}

describe('hub compose', () => {
  const halves = ['--weights', '0.5', '--weights', '0.5'];

  it('says that the mixture writes skeletons first where a part does', async () => {
    const skeletonFirst = () =>
      JSON.parse(readFileSync(join(home, 'adapters', 'mixed', 'quaestor.json'), 'utf8')).recipe
        .skeletonFirst;
    const mix = () =>
      compose(
        ...['a', 'b', '--weights', '1', '--weights', '1', '--type', 'cat'],
        ...['--out', 'mixed', '--replace'],
      );
    await mix();
    expect(skeletonFirst()).toBeUndefined();
    adapter('b', 3, 'x/Small', [], { skeletonFirst: true });
    await mix();
    expect(skeletonFirst()).toBe(true);
  });

  it('is made for the databases of its parts, and tells of seconds that it lacks', async () => {
    adapter('funds', 2, 'x/Small', [], {}, ['fund', 'shared']);
    adapter('shops', 2, 'x/Small', [], {}, ['shop', 'shared']);
    await run('hub pair', hubPair, ['funds', 'b', '--out', 'pair']);
    const words = ['pair', 'shops', 'a', ...['1', '1', '1'].flatMap((one) => ['--weights', one])];
    const printed = await compose(...words, '--type', 'cat', '--out', 'mixed', '--json');
    const { card, second } = JSON.parse(printed);
    expect([card.databases, second]).toEqual([['fund', 'shared', 'shop'], null]);
    expect(told).toContain('the second adapter of pair is left out');
    await compose('a', 'b', ...halves, '--type', 'cat', '--out', 'any');
    expect(told).not.toContain('second');
  });

  it('says that its type cannot hold the values, and adds nothing', async () => {
    const large = ['a', 'b', '--weights', '1e5', '--weights', '1', '--type', 'cat', '--out', 'ab'];
    await expect(compose(...large, '--dtype', 'F16')).rejects.toThrow(
      /values in ab that F16 cannot hold \(.*lora_A.*\); choose --dtype F32/,
    );
    expect(existsSync(join(home, 'adapters', 'ab'))).toBe(false);
    await compose(...large);
  });

  it('stores its values in half the space', async () => {
    await compose('a', 'b', ...halves, '--type', 'cat', '--out', 'whole');
    await compose('a', 'b', ...halves, '--type', 'cat', '--out', 'half', '--dtype', 'F16');
    const [whole, half] = ['whole', 'half'].map(
      (name) => readAdapter(join(home, 'adapters', name)).tensors,
    );
    for (const [name, { data }] of whole ?? []) {
      const rounded = half?.get(name)?.data ?? [];
      expect(rounded).toHaveLength(data.length);
      for (const [i, value] of data.entries()) expect(rounded[i]).toBeCloseTo(value, 2);
      expect([...rounded]).not.toEqual([...data]);
    }
  });

  const weights = ['--weights', '0.5', '--weights', '-2'];

  it('puts the combination into the hub, with a card that says how it was made', async () => {
    const printed = await compose('a', 'b', ...weights, '--type', 'cat', '--out', 'ab', '--json');
    expect(JSON.parse(printed)).toMatchObject({
      name: 'ab',
      rank: 5,
      baseModel: 'x/Small',
      tags: ['sql', 'funds'],
      card: {
        description: {
          en: 'cat of 0.5 · a, -2 · b',
          zh: '由 0.5 · a、-2 · b 组合而成（cat）',
        },
        recipe: { adapters: ['a', 'b'], weights: [0.5, -2], type: 'cat' },
      },
    });
    const [a, ab] = ['a', 'ab'].map((name) => readAdapter(join(home, 'adapters', name)));
    const name = 'base_model.model.q.lora_A.weight';
    // 0.5 of a with α/r = 2: its A as it is.
    expect([...(ab?.tensors.get(name)?.data.slice(0, 8) ?? [])]).toEqual([
      ...(a?.tensors.get(name)?.data ?? []),
    ]);
    expect(ab?.config).toMatchObject({ r: 5, lora_alpha: 5 });
  });

  it.each([
    [['a', 'c', ...weights, '--out', 'ac'], 'c belongs to the base model y/Large'],
    [
      ['a', 'b', ...weights, '--out', 'b'],
      'already an adapter b; choose another name, or replace it with --replace',
    ],
    [['a', 'b', ...weights, '--out', '../up'], 'is no adapter name'],
    [['a', 'z', ...weights, '--out', 'az'], 'There is no adapter z'],
    [['a', '--out', 'aa', ...weights], 'expected 1, one for each adapter, got 2'],
    [['a', 'b', ...weights, '--type', 'dare_ties', '--out', 'ab'], 'density'],
  ])('refuses %j and adds nothing', async (words, message) => {
    await expect(compose(...words)).rejects.toThrow(message);
    expect(readdirSync(join(home, 'adapters')).sort()).toEqual(['a', 'b', 'c']);
    expect(existsSync(join(home, 'up'))).toBe(false);
  });

  it('replaces only when told to', async () => {
    await compose('a', 'b', ...weights, '--out', 'b', '--replace', '--compat', 'peft');
    expect(readAdapter(join(home, 'adapters', 'b')).config.r).toBe(3);
  });
});

describe('hub pair', () => {
  const pair = (...words: string[]) => run('hub pair', hubPair, words);

  it('makes an adapter that has the second in its folder', async () => {
    const path = (await pair('a', 'b', '--out', 'both')).trim();
    expect(readAdapter(path)).toEqual(readAdapter(join(home, 'adapters', 'a')));
    expect(readAdapter(join(path, 'second'))).toEqual(readAdapter(join(home, 'adapters', 'b')));
    await expect(pair('a', 'b', '--out', 'both')).rejects.toThrow(/already an adapter both/);
    const again = JSON.parse(await pair('b', 'a', '--out', 'both', '--replace', '--json'));
    expect(again).toMatchObject({ name: 'both', rank: 3, second: { rank: 2 } });
  });

  it.each([
    [['a', 'c', '--out', 'both'], /expected x\/Small, got y\/Large/],
    [['a', 'd', '--out', 'both'], /no adapter d/],
    [['a', 'a', '--out', 'both'], /second adapter \(.*a\) is the same as the first/],
    [['a', '--out', 'both'], /adapters/],
  ])('refuses %j', async (words, message) => {
    await expect(pair(...words)).rejects.toThrow(message);
    expect(existsSync(join(home, 'adapters', 'both'))).toBe(false);
  });
});
