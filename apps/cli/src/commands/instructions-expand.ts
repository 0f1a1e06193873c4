import { resolve } from 'node:path';
import {
  expandInstructionFile,
  type InstructionRecord,
  modelTextSource,
  readInstructions,
  selfInstructConfig,
} from '@quaestor/peft';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { expectOutput } from '../expect-output.ts';
import { openAdaptedModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';

const { shape } = selfInstructConfig;

/** `quaestor instructions expand`: Self-Instruct, new tasks in the likeness of given ones. */
export const instructionsExpand = defineCommand({
  options: z.object({
    seeds: argument(
      completing(
        'files',
        z.string().min(1).describe('JSON Lines of {instruction, input, output} to begin with'),
      ),
    ),
    out: z.string().min(1).describe('file for the new tasks; a stopped run goes on'),
    target: shape.target,
    seedsPerPrompt: shape.seedsPerPrompt,
    generatedPerPrompt: shape.generatedPerPrompt,
    tasksPerPrompt: shape.tasksPerPrompt,
    promptsPerRound: shape.promptsPerRound,
    rougeL: shape.rougeL,
    minWords: shape.minWords,
    maxWords: shape.maxWords,
    maxRounds: shape.maxRounds,
    patience: shape.patience,
    seed: shape.seed.describe('seed of prompts and sampling'),
    model: completing(
      'models',
      z.string().min(1).optional().describe('model that writes: a folder, a file or a name'),
    ),
    adapter: completing(
      'adapters',
      z.string().min(1).default('none').describe('adapter of the hub for it'),
    ),
    chat: z.boolean().default(false).describe('ask under the chat template, for chat models'),
    temperature: z.number().min(0).default(0.7).describe('of the sampling'),
    maxTokens: z.int().positive().default(512).describe('tokens of one completion'),
    json: jsonOption,
  }),
  examples: ['instructions expand seeds.jsonl --target 50 --out more.jsonl'],
  run: async (asked, terminal) => {
    expectOutput('instructions expand', terminal, {
      reads: { '<seeds>': asked.seeds },
      writes: { '--out': asked.out },
    });
    const seeds: InstructionRecord[] = [];
    for await (const record of readInstructions(resolve(terminal.cwd, asked.seeds))) {
      seeds.push(record);
    }
    const file = resolve(terminal.cwd, asked.out);
    const config = selfInstructConfig.parse(asked);
    const opened = await openAdaptedModel(asked, terminal);
    const progress = new Progress(terminal);
    try {
      const { chat, temperature, maxTokens } = asked;
      const source = modelTextSource(opened.model, { chat, temperature, maxTokens });
      const report = await expandInstructionFile(file, seeds, source, config, {
        signal: terminal.signal,
        onRound: ({ round, accepted, rejected }) => {
          const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
          const line = `round ${round} · ${accepted.length} tasks, ${refused} refused`;
          progress.update(line, accepted.length / config.target);
        },
      });
      progress.clear();
      const { round, accepted, rejected, examples, end } = report;
      const result = { file, tasks: accepted.length, rounds: round, end, rejected, examples };
      const reasons = Object.entries(rejected).filter(([, count]) => count > 0);
      const why = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ') || 'none';
      terminal.stdout.write(
        asked.json
          ? `${JSON.stringify(result, null, 2)}\n`
          : `${accepted.length} tasks in ${round} rounds (${end}); refused: ${why}\n${file}\n`,
      );
    } finally {
      progress.clear();
      opened.close();
    }
  },
});
