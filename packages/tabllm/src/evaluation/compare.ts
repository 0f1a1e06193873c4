/** Every method on every set, number of labelled rows and seed; one cell after the other, so that a stop loses one. */
import { seededRandom } from '@quaestor/peft';
import { areaUnderRoc, macroOneVsRest } from '../metrics/ranking.ts';
import { type LabelledSet, readLabelledSet } from './labelled-set.ts';
import type { Split } from './splits.ts';
import type { FewShotTask, TableMethod } from './table-method.ts';

export interface ComparedCell {
  readonly set: string;
  readonly method: string;
  /** Labelled rows. */
  readonly k: number;
  readonly seed: number;
  /** Tested rows. */
  readonly rows: number;
  /**
   * Area under the ROC curve; of more than two classes the mean of one against the rest. NaN where the
   * tested rows are all of one class.
   */
  readonly auc: number;
  /** Of LogReg+RF after the two of them on the same task: of their mean. */
  readonly seconds: number;
  /** Of a language model: seconds of tuning it, where it learns, and of scoring the tested rows. */
  readonly tuning?: number;
  readonly scoring?: number;
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
        const wanted = methods.filter(
          (method) =>
            (k === 0 ? method.zeroShot : method.learns) &&
            !done.has(cellKey({ set: set.name, method: method.name, k, seed })),
        );
        if (wanted.length === 0) continue;
        const task = taskOf(part, k);
        for (const method of wanted) {
          signal?.throwIfAborted();
          yield { ...(await measure(part, method, task, signal)), k };
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
  /** Classes of the tested rows. */
  readonly truth: Int32Array;
  readonly test: FewShotTask['test'];
  readonly unlabelled: FewShotTask['unlabelled'];
}

function partOf(set: LabelledSet, seed: number, most: number): Part {
  const split = set.split(seed);
  const isTested = new Set(split.test);
  const tested =
    split.test.length > most ? seededRandom(seed).shuffle(split.test).slice(0, most) : split.test;
  return {
    set,
    split,
    truth: labelsOf(set, tested),
    test: cellsOf(set, tested),
    unlabelled: set.rows.filter((_, row) => !isTested.has(row)),
  };
}

function taskOf({ set, split, test, unlabelled }: Part, k: number): FewShotTask {
  const shots = k === 0 ? [] : split.shots(k);
  return {
    set: set.name,
    schema: set.schema,
    classes: set.classes,
    asked: set.asked,
    seed: split.seed,
    rows: cellsOf(set, shots),
    labels: labelsOf(set, shots),
    unlabelled,
    test,
  };
}

async function measure(
  { set, split, truth }: Part,
  method: TableMethod,
  task: FewShotTask,
  signal: AbortSignal | undefined,
): Promise<Omit<ComparedCell, 'k'>> {
  await method.open?.();
  const start = performance.now();
  const { probabilities, ...phases } = await method.run(task, signal);
  const seconds = (performance.now() - start) / 1000;
  const auc = macroOneVsRest(areaUnderRoc, probabilities, truth, set.classes.length);
  return {
    set: set.name,
    method: method.name,
    seed: split.seed,
    rows: truth.length,
    auc,
    seconds,
    ...phases,
  };
}

function cellsOf({ rows }: LabelledSet, places: readonly number[]): (readonly string[])[] {
  return places.map((row) => rows[row] as readonly string[]);
}

function labelsOf({ labels }: LabelledSet, places: readonly number[]): Int32Array {
  return Int32Array.from(places, (row) => labels[row] as number);
}
