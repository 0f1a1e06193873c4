/** The result file of `quaestor eval table`: what was measured so far, where and with what. */
import { existsSync } from 'node:fs';
import { replaceFile } from '@quaestor/peft';
import { type ComparedCell, type MacroMean, macroMeans, meansOfSets } from '@quaestor/tabllm';
import * as z from 'zod';
import type { Machine } from '../bench/machine.ts';
import { cannotGoOn, readJsonAs } from '../read-json-as.ts';

/** What cells must have in common to be compared. */
export interface ComparisonSettings {
  readonly sets: readonly { readonly name: string; readonly givenSplits: boolean }[];
  /** Tested rows of a set and seed at most; null: all. */
  readonly testRows: number | null;
  /** Steps of tuning a language model at most; null: as many as the schedule has. */
  readonly maxSteps: number | null;
  readonly seeds: readonly number[];
}

const cell = z.object({
  set: z.string(),
  method: z.string(),
  k: z.int(),
  seed: z.int(),
  rows: z.int(),
  // JSON has no NaN: null where the tested rows are all of one class.
  auc: z
    .number()
    .nullable()
    .transform((auc) => auc ?? Number.NaN),
  seconds: z.number(),
  tuning: z.number().exactOptional(),
  scoring: z.number().exactOptional(),
});

const file = z.object({
  settings: z.object({ testRows: z.int().nullable(), maxSteps: z.int().nullable().default(null) }),
  cells: z.array(cell),
});

/**
 * Cells of an earlier run with as many tested rows and steps.
 * @throws InputError for a file that is something else, which is then not written over
 */
export function readComparison(
  path: string,
  { testRows, maxSteps }: Pick<ComparisonSettings, 'testRows' | 'maxSteps'>,
): ComparedCell[] {
  if (!existsSync(path)) return [];
  const { settings, cells } = readJsonAs(path, file, 'comparison to go on with');
  const differences = [
    ...(settings.testRows === testRows
      ? []
      : [`it was measured with ${settings.testRows ?? 'all'} test rows`]),
    ...(settings.maxSteps === maxSteps
      ? []
      : [`it was tuned for ${settings.maxSteps ?? 'all'} steps`]),
  ];
  if (differences.length === 0) return cells;
  throw cannotGoOn(path, differences.join(', '));
}

/**
 * Cells that were measured otherwise, to be shown beside: a method's name tells how, where rows or
 * steps are others than here.
 * @throws InputError for a file that is missing or something else
 */
export function readBeside(
  path: string,
  { testRows, maxSteps }: Pick<ComparisonSettings, 'testRows' | 'maxSteps'>,
): ComparedCell[] {
  const { settings, cells } = readJsonAs(path, file, 'comparison of classifiers of tables');
  const otherwise = [
    ...(settings.testRows === testRows ? [] : [`${settings.testRows ?? 'all'} rows`]),
    ...(settings.maxSteps === maxSteps ? [] : [`${settings.maxSteps ?? 'all'} steps`]),
  ];
  if (otherwise.length === 0) return cells;
  return cells.map((one) => ({ ...one, method: `${one.method}, ${otherwise.join(', ')}` }));
}

export function writeComparison(
  path: string,
  settings: ComparisonSettings,
  machine: Machine,
  cells: readonly ComparedCell[],
): void {
  const body = {
    date: new Date().toISOString(),
    machine,
    settings,
    macroMeans: macroMeans(meansOfSets(cells)).map(rounded),
    cells: [],
  };
  // A cell a line: short, and a change shows as one.
  const lines = cells.map((one) => JSON.stringify(roundedCell(one)));
  const text = JSON.stringify(body, null, 1).replace(
    /"cells": \[\]/,
    () => `"cells": [\n${lines.join(',\n')}\n ]`,
  );
  replaceFile(path, Buffer.from(`${text}\n`));
}

/** In one order, whether it was measured now or read from the file. */
function roundedCell(cell: ComparedCell): ComparedCell {
  const { set, method, seed, rows, auc, seconds, k, tuning, scoring } = cell;
  return {
    ...{ set, method, seed, rows, auc: round(auc, 5), seconds: round(seconds, 3), k },
    ...(tuning !== undefined && { tuning: round(tuning, 3) }),
    ...(scoring !== undefined && { scoring: round(scoring, 3) }),
  };
}

function rounded(mean: MacroMean): MacroMean {
  return { ...mean, mean: round(mean.mean, 4) };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
