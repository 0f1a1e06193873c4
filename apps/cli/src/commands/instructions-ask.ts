import { resolve } from 'node:path';
import { DEFAULT_IN_CONTEXT_TEMPLATE, generate, PeftError } from '@quaestor/peft';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption, modelOption } from '../command.ts';
import { promptFor } from '../instructions/demonstrations.ts';
import { openAdaptedModel } from '../language-model/open.ts';
import { printableText } from '../printable.ts';
import { readRecords } from '../training/read-records.ts';

/** `quaestor instructions ask`: in-context learning, the task told by solved examples in the prompt. */
export const instructionsAsk = defineCommand({
  options: z.object({
    query: argument(z.string().min(1).describe('what to answer, in quotes')),
    examples: z
      .array(z.string().min(1))
      .min(1)
      .describe('JSON Lines of {instruction, input, output} or {prompt, completion}'),
    instruction: z.string().default('').describe('said before the examples'),
    ranking: z
      .enum(['similarity', 'diverse', 'random'])
      .default('similarity')
      .describe('which examples are shown: the likest, likest but unlike each other, any'),
    budget: z.int().min(0).default(1024).describe('tokens of all examples together'),
    count: z.int().min(0).optional().describe('examples at most; default: what the budget holds'),
    plain: z.boolean().default(false).describe('a plain text, not a conversation: for base models'),
    model: modelOption,
    adapter: completing(
      'adapters',
      z.string().min(1).default('none').describe('adapter of the hub for it'),
    ),
    maxTokens: z.int().positive().default(256).describe('tokens of the answer'),
    temperature: z.number().min(0).default(0).describe('0: the likeliest answer'),
    seed: z.int().default(1).describe('seed of draws and sampling'),
    dryRun: z.boolean().default(false).describe('print the prompt, do not ask'),
    json: jsonOption,
  }),
  examples: [
    'instructions ask "Is a whale a fish?" --examples solved.jsonl',
    'instructions ask "great film" --examples reviews.jsonl --count 8 --dry-run',
  ],
  run: async (asked, terminal) => {
    const { query, plain, dryRun, json, maxTokens, temperature, seed } = asked;
    const records = await readRecords(asked.examples.map((file) => resolve(terminal.cwd, file)));
    const opened = await openAdaptedModel(asked, terminal);
    try {
      const { tokenizer, name } = opened.model;
      if (tokenizer === null) {
        throw new PeftError('unsupported', {
          en: `${name} has no tokenizer.`,
          zh: `${name} 没有分词器。`,
        });
      }
      const { ids, ...prompt } = promptFor(query, records, tokenizer, { ...asked, chat: !plain });
      const answer = dryRun ? null : await answerTo(ids);
      const shown = json
        ? JSON.stringify({ answer, ...prompt }, null, 2)
        : printableText(answer ?? prompt.text);
      terminal.stdout.write(`${shown}\n`);
    } finally {
      opened.close();
    }

    async function answerTo(ids: readonly number[]): Promise<string> {
      const stop = plain ? [DEFAULT_IN_CONTEXT_TEMPLATE.separator] : [];
      const { signal } = terminal;
      const settings = { maxTokens, temperature, seed, stop, signal };
      let answer = '';
      for await (const one of generate(opened.model, [ids], settings)) {
        if (one.finish === 'aborted') {
          throw new PeftError('aborted', { en: 'the answer was stopped', zh: '已停止回答' });
        }
        answer = one.text.trim();
      }
      return answer;
    }
  },
});
