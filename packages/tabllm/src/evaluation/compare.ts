/** Every method on every set, number of labelled rows and seed; one cell after the other, so that a stop loses one. */
import { seededRandom } from '@quaestor/peft';
import { areaUnderRoc, macroOneVsRest } from '../metrics/ranking.ts';
import { type LabelledSet, readLabelledSet } from './labelled-set.ts';
import type { Split } from './splits.ts';
import type { TableMethod } from './table-method.ts';

export interface ComparedCell {
  readonly set: string;
  readonly method: string;
  /** Labelled rows. */
  readonly k: number;
  readonly seed: number;
  /** Tested rows. */
  readonly rows: number;
  /** Area under the ROC curve; of more than two classes the mean of one against the rest. */
  readonly auc: number;
  readonly seconds: number;
}

export interface CompareOptions {
  /** Folders of the sets. */
  readonly folders: readonly string[];
  readonly methods: readonly TableMethod[];
  readonly shots: readonly number[];
  readonly seeds: readonly number[];
  /** Tested rows at most, drawn by the seed; default all. */
  readonly testRows?: number;
  /** Cells of an earlier run. */
  readonly known?: readonly ComparedCell[];
  readonly signal?: AbortSignal;
}

/** @returns the cells that are not known */
export async function* compareMethods(options: CompareOptions): AsyncGenerator<ComparedCell> {
  const { folders, methods, shots, seeds, known = [], signal } = options;
  const done = new Set(known.map(cellKey));
  for (const folder of folders) {
    const set = await readLabelledSet(folder);
    for (const seed of seeds) {
      const part = partOf(set, seed, options.testRows ?? Number.POSITIVE_INFINITY);
      for (const k of shots) {
        for (const method of methods) {
          if (k === 0 ? !method.zeroShot : !method.learns) continue;
          if (done.has(cellKey({ set: set.name, method: method.name, k, seed }))) continue;
          signal?.throwIfAborted();
          yield await measure(part, method, k);
        }
      }
    }
  }
}

function cellKey({
  set,
  method,
  k,
  seed,
}: Pick<ComparedCell, 'set' | 'method' | 'k' | 'seed'>): string {
  return JSON.stringify([set, method, k, seed]);
}

/** What the cells of a seed have in common. */
interface Part {
  readonly set: LabelledSet;
  readonly split: Split;
  readonly tested: readonly number[];
  readonly unlabelled: readonly (readonly string[])[];
}

function partOf(set: LabelledSet, seed: number, most: number): Part {
  const split = set.split(seed);
  const isTested = new Set(split.test);
  const tested =
    split.test.length > most ? seededRandom(seed).shuffle(split.test).slice(0, most) : split.test;
  return { set, split, tested, unlabelled: set.rows.filter((_, row) => !isTested.has(row)) };
}

async function measure(
  { set, split, tested, unlabelled }: Part,
  method: TableMethod,
  k: number,
): Promise<ComparedCell> {
  const { seed } = split;
  const shots = k === 0 ? [] : split.shots(k);
  const cells = (rows: readonly number[]) => rows.map((row) => set.rows[row] as readonly string[]);
  const labelsOf = (rows: readonly number[]) =>
    Int32Array.from(rows, (row) => set.labels[row] as number);
  const start = performance.now();
  const probabilities = await method.run({
    set: set.name,
    schema: set.schema,
    classes: set.classes,
    seed,
    rows: cells(shots),
    labels: labelsOf(shots),
    unlabelled,
    test: cells(tested),
  });
  const seconds = (performance.now() - start) / 1000;
  const auc = macroOneVsRest(areaUnderRoc, probabilities, labelsOf(tested), set.classes.length);
  return { set: set.name, method: method.name, k, seed, rows: tested.length, auc, seconds };
}
