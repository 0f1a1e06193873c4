import { mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  confidenceFrom,
  confidenceReliability,
  type EvaluatedItem,
  evaluate,
  evaluateConfig,
  generatorConfig,
  readConfidence,
  report,
  writeConfidence,
} from '@quaestor/finsql';
import * as z from 'zod';
import { adapterOption, defineCommand, jsonOption, modelOption } from '../command.ts';
import { UsageError } from '../errors.ts';
import { accuracyLines, notCountedLines } from '../evaluation/accuracy-lines.ts';
import {
  answeringOptions,
  databaseOf,
  readScoredSet,
  scoredSetOptions,
} from '../evaluation/scored-set.ts';
import { writeScored } from '../evaluation/write-scored.ts';
import { expectOutput } from '../expect-output.ts';
import { openGenerator } from '../language-model/open-generator.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';

/** `quaestor eval sql`: execution accuracy over a set of questions with known SQL. */
export const evalSql = defineCommand({
  options: z.object({
    ...scoredSetOptions,
    exemplars: z.string().min(1).optional().describe('questions with known SQL that are shown'),
    adapter: adapterOption,
    model: modelOption,
    ...generatorConfig.shape,
    ...answeringOptions,
    without: evaluateConfig.shape.without,
    out: z.string().min(1).optional().describe('file for the predictions, as a JSON list'),
    fitConfidence: z
      .boolean()
      .default(false)
      .describe('store with the adapter how its answers’ confidence follows from their making'),
    json: jsonOption,
  }),
  examples: [
    'eval sql --questions dev.json --databases database --tables tables.json --limit 100',
    'eval sql --questions dev.json --databases database --adapter my-sql --out predictions.json --json',
  ],
  run: async (options, terminal) => {
    const { questions, databases, tables, exemplars, adapter, model, out, ...others } = options;
    const { fitConfidence, json, generator, remoteUrl, remoteModel, ...config } = others;
    expectOutput('eval sql', terminal, {
      reads: { '--questions': questions, '--tables': tables, '--exemplars': exemplars },
      writes: { '--out': out },
    });
    const path = (file: string) => resolve(terminal.cwd, file);
    const set = readScoredSet({ questions, databases, tables }, terminal.cwd);
    const shown = exemplars === undefined ? [] : readExemplars(path(exemplars));
    const database = databaseOf(set, shown);
    const choice = { model, adapter, database, generator, remoteUrl, remoteModel };
    const opened = await openGenerator(choice, terminal);
    const progress = new Progress(terminal);
    const unfinished = out === undefined ? undefined : `${path(out)}.partial`;
    if (unfinished !== undefined) mkdirSync(dirname(unfinished), { recursive: true });
    const results: EvaluatedItem[] = [];
    try {
      const total = Math.min(set.items.length, config.limit ?? Number.POSITIVE_INFINITY);
      const { limit, ...rest } = config;
      const items = evaluate({
        ...rest,
        ...(limit === undefined ? {} : { limit }),
        set,
        generator: opened.generator,
        adviser: opened.adviser,
        signal: terminal.signal,
        ...(exemplars === undefined ? {} : { exemplars: shown }),
        ...(unfinished === undefined ? {} : { checkpoint: unfinished }),
        onKept: () => progress.record({ type: 'kept' }),
      });
      for await (const item of items) {
        results.push(item);
        const { accuracy } = report(results);
        const [at, percent] = [`${results.length}/${total}`, accuracy.toFixed(1)];
        progress.update(
          { en: `${at} · accuracy ${percent}`, zh: `${at} · 准确率 ${percent}` },
          results.length / total,
        );
      }
    } finally {
      progress.clear();
      await opened.close();
    }
    const figures = report(results);
    if (fitConfidence) storeConfidence(results, opened.adapterFolder);
    if (out !== undefined && unfinished !== undefined) {
      writeScored(path(out), results);
      rmSync(unfinished, { force: true });
    }
    if (json) {
      const reliability = confidenceReliability(results);
      terminal.stdout.write(
        `${JSON.stringify({ generator: opened.generator.name, ...figures, reliability }, null, 2)}\n`,
      );
      return;
    }
    const { latency } = figures;
    terminal.stdout.write(
      [
        ...accuracyLines(opened.generator.name, figures, terminal),
        `${(latency.p50 / 1000).toFixed(2)} s a question (median), ${(latency.p95 / 1000).toFixed(2)} s (95 %)\n`,
        ...notCountedLines(figures),
      ].join(''),
    );
  },
});

/** Coefficients from this run; those of the other kind of answer stay as they are. */
function storeConfidence(results: readonly EvaluatedItem[], adapterFolder: string | null): void {
  if (adapterFolder === null) {
    throw new UsageError(['--fit-confidence stores its figures with an adapter: give --adapter.']);
  }
  const known = readConfidence(adapterFolder);
  writeConfidence(adapterFolder, confidenceFrom(results, known).model);
}
