import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type AbstainedItem,
  type AbstainingReport,
  abstainConfig,
  abstainingReport,
  evaluateConfig,
  measureAbstaining,
  parseUnanswerable,
  readConfidence,
  type UnanswerableQuestion,
} from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { adapterOption, defineCommand, jsonOption, modelOption } from '../command.ts';
import { InputError } from '../errors.ts';
import {
  databaseOf,
  exemplarsOption,
  readScoredSet,
  scoredSetOptions,
} from '../evaluation/scored-set.ts';
import { expectOutput } from '../expect-output.ts';
import { openBuiltIn } from '../language-model/open-generator.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';
import { table } from '../table.ts';

const { shape } = evaluateConfig;
const { shape: thresholds } = abstainConfig;

/** `quaestor eval abstain`: precision and recall of not answering. */
export const evalAbstain = defineCommand({
  options: z.object({
    questions: z.string().min(1).describe('JSON file of questions with known SQL'),
    unanswerable: z
      .string()
      .min(1)
      .describe('JSON list of { question, db_id, kind } that the same databases can’t answer'),
    databases: scoredSetOptions.databases,
    tables: scoredSetOptions.tables,
    exemplars: exemplarsOption,
    adapter: adapterOption,
    model: modelOption,
    batch: shape.batch,
    candidates: shape.candidates,
    samples: shape.samples,
    constrained: shape.constrained,
    seed: shape.seed,
    minCoverage: thresholds.minCoverage,
    minAgreement: thresholds.minAgreement,
    minConfidence: thresholds.minConfidence,
    out: z
      .string()
      .min(1)
      .optional()
      .describe('file for the decisions, as JSON; a stopped run goes on'),
    json: jsonOption,
  }),
  examples: [
    'eval abstain --questions dev.json --unanswerable unanswerable.json --databases database',
    'eval abstain --questions dev.json --unanswerable unanswerable.json --databases database --out abstain.json --json',
  ],
  run: async (options, terminal) => {
    const { questions, unanswerable, databases, tables, exemplars, adapter, model, ...others } =
      options;
    const { out, json, ...config } = others;
    expectOutput('eval abstain', terminal, {
      reads: {
        '--questions': questions,
        '--unanswerable': unanswerable,
        '--tables': tables,
        '--exemplars': exemplars,
      },
      writes: { '--out': out },
    });
    const path = (file: string) => resolve(terminal.cwd, file);
    const set = readScoredSet({ questions, databases, tables }, terminal.cwd);
    const declined = readUnanswerable(path(unanswerable));
    const known = readExemplars(exemplars === undefined ? undefined : path(exemplars));
    const database = databaseOf(set, known);
    const opened = await openBuiltIn({ model, adapter, database }, terminal);
    const progress = new Progress(terminal);
    const unfinished = out === undefined ? undefined : `${path(out)}.partial`;
    if (unfinished !== undefined) mkdirSync(dirname(unfinished), { recursive: true });
    const items: AbstainedItem[] = [];
    const total = set.items.length + declined.length;
    try {
      const measuring = measureAbstaining({
        ...config,
        set,
        unanswerable: declined,
        generator: opened.generator,
        adviser: opened.adviser,
        exemplars: known,
        confidence:
          opened.adapterFolder === null ? undefined : readConfidence(opened.adapterFolder),
        signal: terminal.signal,
        ...(unfinished === undefined ? {} : { checkpoint: unfinished }),
      });
      for await (const item of measuring) {
        items.push(item);
        progress.update(`${items.length}/${total}`, items.length / total);
      }
    } finally {
      progress.clear();
      await opened.close();
    }
    const report = { generator: opened.generator.name, ...abstainingReport(items) };
    if (out !== undefined && unfinished !== undefined) {
      replaceFile(
        path(out),
        new TextEncoder().encode(`${JSON.stringify({ ...report, items }, null, 2)}\n`),
      );
      rmSync(unfinished, { force: true });
    }
    terminal.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
  },
});

function readUnanswerable(path: string): readonly UnanswerableQuestion[] {
  try {
    return parseUnanswerable(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InputError(`${path}: expected a JSON list of { question, db_id, kind }.`, { cause });
  }
}

function inWords(report: AbstainingReport & { readonly generator: string }): string {
  const { right, wrong, rightLost, wrongAvoided } = report.outcomes;
  const kinds = report.kinds.map(({ kind, questions, abstained }) => [kind, questions, abstained]);
  const codes = report.codes.map((row) => [row.code, row.answerable, row.unanswerable]);
  return [
    table(['unanswerable because', 'questions', 'declined'], kinds),
    '\n',
    table(['declined as', 'answerable', 'unanswerable'], codes),
    '\n',
    `${report.generator}: precision ${report.precision.toFixed(1)}, recall ${report.recall.toFixed(1)}, F1 ${report.f1.toFixed(1)}\n`,
    `of ${report.answerable} answerable questions: ${right} right, ${wrong} wrong; declined ${rightLost} with a right draft, ${wrongAvoided} others\n`,
  ].join('');
}
