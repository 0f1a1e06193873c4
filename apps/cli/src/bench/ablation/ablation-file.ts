/** The result file of `quaestor bench ablation`: what each stage was found to be worth so far. */
import { existsSync } from 'node:fs';
import { type EvaluationReport, STAGES } from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { cannotGoOn, readJsonAs } from '../../read-json-as.ts';
import type { Machine } from '../machine.ts';

/** The row in which every stage takes part. */
export const WHOLE = 'nothing';

const row = z.object({
  /** The stage that was left out. */
  without: z.enum([WHOLE, ...STAGES]),
  scored: z.int(),
  correct: z.int(),
  /** Percent. */
  accuracy: z.number(),
  executable: z.number(),
  /** Milliseconds per question, median. Drafts that another row had made already take none. */
  latency: z.number(),
});

export type AblationRow = z.infer<typeof row>;

const file = z.object({ settings: z.record(z.string(), z.unknown()), rows: z.array(row) });

/**
 * Rows of an earlier run with the same settings.
 * @throws InputError for a file that is something else, which is then not written over
 */
export function readAblation(path: string, settings: Readonly<Record<string, unknown>>) {
  if (!existsSync(path)) return [];
  const known = readJsonAs(path, file, 'ablation to go on with');
  const measured = JSON.stringify(known.settings);
  if (measured === JSON.stringify(settings)) return known.rows;
  throw cannotGoOn(path, `it was measured with ${measured}`);
}

export function writeAblation(
  path: string,
  machine: Machine,
  settings: Readonly<Record<string, unknown>>,
  rows: readonly AblationRow[],
): void {
  const body = { date: new Date().toISOString(), machine, settings, rows };
  replaceFile(path, Buffer.from(`${JSON.stringify(body, null, 1)}\n`));
}

export function rowOf(without: string, figures: EvaluationReport): AblationRow {
  const { scored, correct } = figures;
  return row.parse({
    without,
    scored,
    correct,
    accuracy: round(figures.accuracy),
    executable: round(figures.executable),
    latency: round(figures.latency.p50),
  });
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
