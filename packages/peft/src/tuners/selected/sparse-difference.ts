/**
 * What a selective method changed, as data: for each parameter by its Hugging Face name the rows and
 * columns of the changed entries, in row-major order, and δ = value − base. Applied: w = base + δ in
 * float32, then rounded to the base's precision. A vector is one row.
 *
 * Differences compose by addition (Ansell et al. 2022, arXiv 2110.07560: language + task).
 * On disk: `<name>.rows` and `<name>.columns` (I32) and `<name>.delta`.
 */

import { PeftError } from '../../errors.ts';
import type { TensorData } from '../../io/safetensors.ts';
import type { Translated } from '../../translated.ts';
import type { SavedState } from '../load-variables.ts';
import type { NamedParameter } from './base-parameters.ts';

/** The changed entries of one parameter, ascending and none twice. */
export interface ChangedEntries {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly delta: Float32Array;
}

export type SparseDifference = ReadonlyMap<string, ChangedEntries>;

const FIELDS = ['rows', 'columns', 'delta'] as const;

/** The union of the entries; where both changed one, the deltas are added. Commutes. */
export function addDifferences(a: SparseDifference, b: SparseDifference): SparseDifference {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map(
    [...names].sort().map((name) => {
      const [one, other] = [a.get(name), b.get(name)];
      return [name, one && other ? addEntries(one, other) : ((one ?? other) as ChangedEntries)];
    }),
  );
}

function addEntries(a: ChangedEntries, b: ChangedEntries): ChangedEntries {
  const rows: number[] = [];
  const columns: number[] = [];
  const delta: number[] = [];
  for (let i = 0, j = 0; i < a.rows.length || j < b.rows.length; ) {
    const order = compare(a, i, b, j);
    const [row, column] = order <= 0 ? [a.rows[i], a.columns[i]] : [b.rows[j], b.columns[j]];
    rows.push(row as number);
    columns.push(column as number);
    const fromA = order <= 0 ? (a.delta[i++] as number) : 0;
    const fromB = order >= 0 ? (b.delta[j++] as number) : 0;
    delta.push(fromA + fromB);
  }
  return {
    rows: Int32Array.from(rows),
    columns: Int32Array.from(columns),
    delta: Float32Array.from(delta),
  };
}

/** Negative when entry i of a comes first, 0 when it is entry j of b. */
function compare(a: ChangedEntries, i: number, b: ChangedEntries, j: number): number {
  if (i >= a.rows.length) return 1;
  if (j >= b.rows.length) return -1;
  const rows = (a.rows[i] as number) - (b.rows[j] as number);
  return rows === 0 ? (a.columns[i] as number) - (b.columns[j] as number) : rows;
}

/** As an adapter file holds it. */
export function differenceTensors(difference: SparseDifference): Map<string, TensorData> {
  const tensors = new Map<string, TensorData>();
  for (const [name, { rows, columns, delta }] of difference) {
    const shape = [delta.length];
    tensors.set(`${name}.rows`, { shape, data: new Float32Array(rows), integers: true });
    tensors.set(`${name}.columns`, { shape, data: new Float32Array(columns), integers: true });
    tensors.set(`${name}.delta`, { shape, data: delta });
  }
  return tensors;
}

/**
 * Reads what an adapter file holds.
 * @throws PeftError 'mismatch' with every problem: unknown parameters, missing or unequal lists,
 *   entries outside the parameter, out of order or twice, numbers that are not finite
 */
export function readDifference(
  state: SavedState,
  parameters: ReadonlyMap<string, NamedParameter>,
): SparseDifference {
  const names = new Set([...state.keys()].map((key) => key.slice(0, key.lastIndexOf('.'))));
  const problems = [...state.keys()]
    .filter((key) => !FIELDS.some((field) => key.endsWith(`.${field}`)))
    .map((key) => ({
      en: `${key}: not part of a sparse difference`,
      zh: `${key}：不属于稀疏差值`,
    }));
  const difference = new Map<string, ChangedEntries>();
  for (const name of names) {
    const parameter = parameters.get(name);
    const [rows, columns, delta] = FIELDS.map((field) => state.get(`${name}.${field}`)?.data);
    if (!parameter) {
      problems.push({
        en: `${name}: the base model has no such parameter`,
        zh: `${name}：基础模型没有这个参数`,
      });
    } else if (!rows || !columns || !delta) {
      problems.push({
        en: `${name}: needs ${FIELDS.join(', ')}`,
        zh: `${name}：需要 ${FIELDS.join('、')}`,
      });
    } else {
      const entries = {
        rows: new Int32Array(rows),
        columns: new Int32Array(columns),
        delta,
      };
      const problem = entriesProblem(entries, parameter);
      if (problem) problems.push({ en: `${name}: ${problem.en}`, zh: `${name}：${problem.zh}` });
      else difference.set(name, entries);
    }
  }
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      { en: 'the saved difference does not fit this model', zh: '保存的差值与这个模型不符' },
      { problems },
    );
  }
  return difference;
}

function entriesProblem(
  { rows, columns, delta }: ChangedEntries,
  { shape }: NamedParameter,
): Translated | null {
  if (rows.length !== columns.length || rows.length !== delta.length) {
    return {
      en: `${rows.length} rows, ${columns.length} columns and ${delta.length} deltas`,
      zh: `行号有 ${rows.length} 个，列号有 ${columns.length} 个，差值有 ${delta.length} 个`,
    };
  }
  const [height, width] =
    shape.length === 1 ? [1, shape[0] as number] : (shape as [number, number]);
  let last = -1;
  for (let i = 0; i < rows.length; i++) {
    const [row, column] = [rows[i] as number, columns[i] as number];
    const flat = row * width + column;
    if (row < 0 || column < 0 || row >= height || column >= width) {
      return {
        en: `entry (${row}, ${column}) lies outside [${height}, ${width}]`,
        zh: `项 (${row}, ${column}) 超出 [${height}, ${width}]`,
      };
    }
    if (flat <= last) {
      return {
        en: `entry (${row}, ${column}) is out of order or there twice`,
        zh: `项 (${row}, ${column}) 次序有误或重复`,
      };
    }
    if (!Number.isFinite(delta[i])) {
      return {
        en: `the delta at (${row}, ${column}) is not finite`,
        zh: `(${row}, ${column}) 处的差值不是有限的数`,
      };
    }
    last = flat;
  }
  return null;
}
