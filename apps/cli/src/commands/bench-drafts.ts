import { resolve } from 'node:path';
import { buildExemplarIndex, buildPrompt, contextsOf } from '@quaestor/finsql';
import * as z from 'zod';
import { describeMachine } from '../bench/machine.ts';
import { type AskedPrompt, speedOfDrafts } from '../bench/speed-of-drafts.ts';
import { adapterOption, defineCommand, jsonOption, modelOption } from '../command.ts';
import { exemplarsOption, readScoredSet, scoredSetOptions } from '../evaluation/scored-set.ts';
import { openAdaptedModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';
import { table, tableOptions } from '../table.ts';

/** `quaestor bench drafts`: how much faster SQL is written by drafts, and slower under the grammar. */
export const benchDrafts = defineCommand({
  options: z.object({
    ...scoredSetOptions,
    exemplars: exemplarsOption,
    adapter: adapterOption,
    model: modelOption,
    limit: z.int().positive().default(40).describe('only the first so many questions'),
    json: jsonOption,
  }),
  examples: ['bench drafts --questions dev.json --databases database --limit 40'],
  run: async (options, terminal) => {
    const { questions, databases, tables, exemplars, adapter, model: name, limit, json } = options;
    const set = readScoredSet({ questions, databases, tables }, terminal.cwd);
    const file = exemplars === undefined ? undefined : resolve(terminal.cwd, exemplars);
    const contextOf = contextsOf(set, buildExemplarIndex(readExemplars(file)));
    const opened = await openAdaptedModel({ model: name, adapter }, terminal);
    const progress = new Progress(terminal);
    try {
      const countTokens = (text: string) => opened.model.tokenizer?.encode(text).length ?? 0;
      const asked = set.items.slice(0, limit).flatMap(({ db, question }): AskedPrompt[] => {
        const context = contextOf(db);
        if (context === undefined) return [];
        return [{ context, prompt: buildPrompt(context, question, { countTokens }) }];
      });
      const speeds = await speedOfDrafts(
        opened.model,
        asked,
        (done) => progress.update(`${done}/${asked.length}`, done / asked.length),
        terminal.signal,
      );
      progress.clear();
      if (json) {
        const machine = await describeMachine();
        const report = { machine, generator: opened.name, questions: asked.length, speeds };
        terminal.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
        return;
      }
      const rows = speeds.map(({ mode, statements, tokens, tokensPerSecond, ratio, same }) => [
        mode,
        statements,
        tokens,
        tokensPerSecond.toFixed(0),
        `× ${ratio.toFixed(2)}`,
        `${same} of ${statements}`,
      ]);
      const heads = ['one stream', 'statements', 'tokens', 'tokens/s', 'ratio', 'same text'];
      terminal.stdout.write(table(heads, rows, tableOptions(terminal)));
    } finally {
      progress.clear();
      opened.close();
    }
  },
});
