import { mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type EvaluatedItem, evaluate, report, STAGES } from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { ablationChart } from '../bench/ablation/ablation-chart.ts';
import {
  type AblationRow,
  readAblation,
  rowOf,
  WHOLE,
  writeAblation,
} from '../bench/ablation/ablation-file.ts';
import { rememberingGenerator } from '../bench/ablation/remembering-generator.ts';
import { describeMachine } from '../bench/machine.ts';
import { chartPlace } from '../chart/chart-place.ts';
import { adapterOption, defineCommand, jsonOption, modelOption } from '../command.ts';
import {
  answeringOptions,
  databaseOf,
  readScoredSet,
  scoredSetOptions,
} from '../evaluation/scored-set.ts';
import { expectOutput } from '../expect-output.ts';
import { fileDigest } from '../file-digest.ts';
import { openBuiltIn } from '../language-model/open-generator.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';
import { table } from '../table.ts';

/** `quaestor bench ablation`: execution accuracy with each stage of the pipeline left out in turn. */
export const benchAblation = defineCommand({
  options: z.object({
    ...scoredSetOptions,
    exemplars: z.string().min(1).optional().describe('questions with known SQL that are shown'),
    adapter: adapterOption,
    model: modelOption,
    stages: z
      .array(z.enum(STAGES))
      .default([...STAGES])
      .describe('only these stages; rules: all calibration rules'),
    ...answeringOptions,
    out: z.string().min(1).optional().describe('JSON file; an ablation found there goes on'),
    chart: z.string().min(1).optional().describe('file for the chart, as SVG'),
    json: jsonOption,
  }),
  examples: [
    'bench ablation --questions dev.json --databases database --out ablation.json --chart ablation.svg',
    'bench ablation --questions dev.json --databases database --stages values --stages exemplars',
  ],
  run: async (options, terminal) => {
    const { questions, databases, tables, exemplars, adapter, model, ...others } = options;
    const { stages, out, chart: given, json, limit, ...config } = others;
    const chart = chartPlace({ chart: given, out }, terminal, 'bench ablation');
    expectOutput('bench ablation', terminal, {
      reads: { '--questions': questions, '--tables': tables, '--exemplars': exemplars },
      writes: { '--out': out, '--chart': chart },
    });
    const path = (file: string) => resolve(terminal.cwd, file);
    const set = readScoredSet({ questions, databases, tables }, terminal.cwd);
    const shown = exemplars === undefined ? undefined : readExemplars(path(exemplars));
    const database = databaseOf(set, shown ?? []);
    const opened = await openBuiltIn({ model, adapter, database }, terminal);
    const file = out === undefined ? undefined : path(out);
    const settings = {
      generator: opened.generator.name,
      questions: fileDigest(path(questions)),
      exemplars: exemplars === undefined ? null : fileDigest(path(exemplars)),
      limit: limit ?? null,
      ...config,
    };
    const progress = new Progress(terminal);
    let rows: AblationRow[] = [];
    try {
      if (file !== undefined) {
        rows = readAblation(file, settings);
        mkdirSync(dirname(file), { recursive: true });
      }
      const machine = await describeMachine();
      const generator = rememberingGenerator(opened.generator);
      const adviser = opened.adviser && rememberingGenerator(opened.adviser);
      const total = Math.min(set.items.length, limit ?? Number.POSITIVE_INFINITY);
      for (const stage of [WHOLE, ...new Set(stages)]) {
        if (rows.some(({ without }) => without === stage)) continue;
        const unfinished = file === undefined ? undefined : `${file}.${stage}.partial`;
        const items: EvaluatedItem[] = [];
        for await (const item of evaluate({
          ...config,
          ...(limit === undefined ? {} : { limit }),
          without: stage === WHOLE ? [] : [stage],
          set,
          generator,
          adviser,
          signal: terminal.signal,
          ...(shown === undefined ? {} : { exemplars: shown }),
          ...(unfinished === undefined ? {} : { checkpoint: unfinished }),
        })) {
          items.push(item);
          progress.update(
            `without ${stage}: ${items.length}/${total} · accuracy ${report(items).accuracy.toFixed(1)}`,
            items.length / total,
          );
        }
        rows.push(rowOf(stage, report(items)));
        if (file === undefined || unfinished === undefined) continue;
        writeAblation(file, machine, settings, rows);
        rmSync(unfinished, { force: true });
      }
    } finally {
      progress.clear();
      await opened.close();
    }
    const title = `${opened.generator.name}: what each stage is worth`;
    if (chart !== undefined) replaceFile(chart, Buffer.from(ablationChart(rows, title)));
    terminal.stdout.write(json ? `${JSON.stringify({ settings, rows }, null, 2)}\n` : print(rows));
  },
});

function print(rows: readonly AblationRow[]): string {
  const whole = rows.find(({ without }) => without === WHOLE)?.accuracy ?? 0;
  return table(
    ['without', 'questions', 'correct', 'accuracy', 'change', '% executable'],
    rows.map(({ without, scored, correct, accuracy, executable }) => [
      without,
      scored,
      correct,
      accuracy.toFixed(1),
      (accuracy - whole).toFixed(1),
      executable.toFixed(1),
    ]),
  );
}
