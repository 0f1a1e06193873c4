import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInstructions } from './instruction-file.ts';
import { type ExpansionState, expandInstructions } from './self-instruct.ts';
import { selfInstructConfig } from './self-instruct-config.ts';
import { expandInstructionFile } from './self-instruct-file.ts';
import { taskText } from './task-text.ts';
import type { TextSource } from './text-source.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const seeds = [
  { instruction: 'Name the capital of the country.', input: 'France', output: 'Paris' },
  { instruction: 'Translate the word into German.', input: 'dog', output: 'Hund' },
];
const ADJECTIVES = ['big', 'red', 'old', 'new', 'odd', 'wet'];
const NOUNS = ['fund', 'bond', 'bank', 'share', 'price', 'index', 'yield', 'trade', 'fee'];

/** Writes two tasks per prompt and the beginning of a third, the same for the same request. */
function textSource(asked: string[] = []): TextSource {
  return async function* (prompts, { seed }) {
    asked.push(...prompts);
    for (const prompt of [...prompts.keys()].reverse()) {
      const task = (shift: number) => {
        const at = seed * 3 + prompt * 5 + shift;
        const noun = NOUNS[at % NOUNS.length] ?? '';
        const adjective = ADJECTIVES[at % ADJECTIVES.length] ?? '';
        const instruction = [`${noun} ${adjective}`, noun, adjective, noun, adjective].join(
          ` ${at % 11} `,
        );
        return taskText({ instruction, input: '', output: `${at}` }, shift);
      };
      const text = `${task(1)}\n\n${task(2)}\n\nTask 3\nInstruction: Half of`;
      yield { prompt, text, finish: 'length' };
    }
  };
}

const config = selfInstructConfig.parse({
  target: 12,
  promptsPerRound: 2,
  patience: 3,
  maxRounds: 40,
});

async function states(
  source: TextSource,
  changed: Partial<typeof config> = {},
  from?: ExpansionState,
) {
  const options = from === undefined ? {} : { state: from };
  return all(expandInstructions(seeds, source, { ...config, ...changed }, options));
}

describe('expandInstructions', () => {
  it('grows the pool to the target, with a reason for everything else', async () => {
    const asked: string[] = [];
    const found = await states(textSource(asked));
    const last = found.at(-1) as ExpansionState;
    expect(last.accepted).toHaveLength(12);
    expect(new Set(last.accepted.map(({ instruction }) => instruction)).size).toBe(12);
    expect(last.rejected['cut-off']).toBeGreaterThan(3);
    expect(last.examples.filter(({ reason }) => reason === 'cut-off')).toHaveLength(5);
    // Accepted tasks are shown in later prompts, beside all seeds.
    expect(asked.at(-1)).toContain('Task 4\n');
    expect(asked.at(-1)).toContain(seeds[0]?.instruction);
    expect(last.accepted.some(({ instruction }) => asked.at(-1)?.includes(instruction))).toBe(true);
  });

  it('goes on from any state as if it had not stopped', async () => {
    const whole = await states(textSource());
    for (const [i, state] of whole.entries()) {
      const saved = JSON.parse(JSON.stringify(state)) as ExpansionState;
      expect(await states(textSource(), {}, saved)).toEqual(whole.slice(i + 1));
    }
  });

  it('gives every prompt a seed of its own, and another run other ones', async () => {
    const own: number[] = [];
    const silent: TextSource = async function* (prompts, { seed }) {
      for (const prompt of prompts.keys()) {
        own.push(seed + prompt);
        yield { prompt, text: '', finish: 'stop' };
      }
    };
    for (const seed of [1, 2, 2 ** 50, 2 ** 50 + 3]) {
      await states(silent, { seed, promptsPerRound: 4, patience: 10 });
    }
    expect(own).toHaveLength(160);
    expect(new Set(own).size).toBe(160);
    expect(own.every(Number.isSafeInteger)).toBe(true);
  });

  it('ends when nothing new comes, and after the last round', async () => {
    const copying: TextSource = async function* (prompts) {
      for (const prompt of prompts.keys()) {
        yield { prompt, text: `${taskText(seeds[0] as never, 1)}`, finish: 'stop' };
      }
    };
    const idle = await states(copying);
    expect(idle).toHaveLength(3);
    expect(idle.at(-1)?.rejected['already-present']).toBe(6);
    expect(await states(textSource(), { maxRounds: 1 })).toHaveLength(1);
  });

  it('needs seeds', async () => {
    const none = all(expandInstructions([], textSource(), config));
    await expect(none).rejects.toMatchObject({ code: 'bad-config' });
  });
});

describe('expandInstructionFile', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quaestor-expand-'));
    file = join(folder, 'grown.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes the same after an interruption', async () => {
    const whole = await expandInstructionFile(file, seeds, textSource(), config);
    expect(whole.end).toBe('target');
    expect(readdirSync(folder)).toEqual(['grown.jsonl']);
    const expected = await all(readInstructions(file));
    expect(expected).toEqual(whole.accepted);
    rmSync(file);

    const controller = new AbortController();
    const stopped = expandInstructionFile(file, seeds, textSource(), config, {
      signal: controller.signal,
      onRound: ({ round }) => {
        if (round === 2) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(folder)).toEqual(['grown.jsonl.progress.json']);
    const rounds: number[] = [];
    const resumed = await expandInstructionFile(file, seeds, textSource(), config, {
      onRound: ({ round }) => rounds.push(round),
    });
    expect(rounds[0]).toBe(3);
    expect(resumed).toEqual(whole);
    expect(await all(readInstructions(file))).toEqual(expected);
  });

  it('refuses progress of other settings, or damaged', async () => {
    const controller = new AbortController();
    const begin = expandInstructionFile(file, seeds, textSource(), config, {
      signal: controller.signal,
      onRound: () => controller.abort(),
    });
    await expect(begin).rejects.toMatchObject({ code: 'aborted' });
    const other = expandInstructionFile(file, seeds, textSource(), { ...config, seed: 2 });
    await expect(other).rejects.toMatchObject({ code: 'mismatch' });
    writeFileSync(`${file}.progress.json`, '{"begun": "x", "state": {"round": -1}}');
    const damaged = expandInstructionFile(file, seeds, textSource(), config);
    await expect(damaged).rejects.toMatchObject({ code: 'bad-file' });
    expect(existsSync(file)).toBe(false);
  });
});
