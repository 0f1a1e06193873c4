import { basename, resolve } from 'node:path';
import {
  accuracyReport,
  readPredictions,
  type ScoredPrediction,
  scorePredictions,
} from '@quaestor/finsql';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { accuracyLines, notCountedLines } from '../evaluation/accuracy-lines.ts';
import { answeringOptions, readScoredSet, scoredSetOptions } from '../evaluation/scored-set.ts';
import { writeScored } from '../evaluation/write-scored.ts';
import { expectOutput } from '../expect-output.ts';
import { Progress } from '../progress.ts';

/** `quaestor eval predictions`: execution accuracy of what another system wrote. */
export const evalPredictions = defineCommand({
  options: z.object({
    predictions: argument(
      completing(
        'files',
        z
          .string()
          .min(1)
          .describe('a statement a line, or a JSON list, in the order of the questions'),
      ),
    ),
    ...scoredSetOptions,
    timeoutMs: answeringOptions.timeoutMs,
    out: z.string().min(1).optional().describe('file for the scored predictions, as a JSON list'),
    json: jsonOption,
  }),
  examples: [
    'eval predictions theirs.sql --questions dev.json --databases database --tables tables.json',
  ],
  run: async (options, terminal) => {
    const { predictions, timeoutMs, out, json, ...paths } = options;
    expectOutput('eval predictions', terminal, {
      reads: {
        '<predictions>': predictions,
        '--questions': paths.questions,
        '--tables': paths.tables,
      },
      writes: { '--out': out },
    });
    const path = (file: string) => resolve(terminal.cwd, file);
    const set = readScoredSet(paths, terminal.cwd);
    const progress = new Progress(terminal);
    const results: ScoredPrediction[] = [];
    const scored = scorePredictions({
      set,
      predictions: readPredictions(path(predictions), set.items.length),
      timeoutMs,
      signal: terminal.signal,
    });
    try {
      for await (const item of scored) {
        results.push(item);
        const at = `${results.length}/${set.items.length}`;
        progress.update(at, results.length / set.items.length);
      }
    } finally {
      progress.clear();
    }
    const figures = accuracyReport(results);
    if (out !== undefined) writeScored(path(out), results);
    terminal.stdout.write(
      json
        ? `${JSON.stringify(figures, null, 2)}\n`
        : [
            ...accuracyLines(basename(predictions), figures, terminal),
            ...notCountedLines(figures),
          ].join(''),
    );
  },
});
