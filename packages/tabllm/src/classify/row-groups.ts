/**
 * Rows that belong together, such as the months of one customer. A model that has learned some of them knows
 * the label of the others by whose they are: they are held out together, or figures are of rows that it knows
 * (Roberts et al. 2017, doi 10.1111/ecog.02881). Where nobody says which rows those are, a column tells it whose
 * values repeat and have one label each, far more often than chance would have it.
 */
import { seededRandom, type Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { columnList } from '../schema/column-list.ts';
import { isNamedId } from '../schema/infer.ts';
import { missingTest } from '../schema/missing.ts';
import type { ColumnSchema, TableSchema } from '../schema/table-schema.ts';
import { groupPlaces } from './same-rows.ts';

type Rows = readonly (readonly string[])[];

/** What rows are grouped by. */
export interface RowGroups {
  /** For each row the number of its group; null: every row stands alone. */
  readonly groups: Int32Array | null;
  readonly warnings: readonly Translated[];
}

export interface GroupedRows {
  readonly schema: TableSchema;
  readonly target: string;
  readonly rows: Rows;
  readonly labels: readonly string[];
  /** Rows to be predicted: where most are of groups that are known, figures of new ones are not asked for. */
  readonly unlabelled: Rows;
  /** Column that tells groups; default: one is looked for. */
  readonly group: string | undefined;
}

/** Of fewer values a column is a category, which may well tell the label. */
const FEWEST_GROUPS = 20;
/** Of values that repeat, so many have one label each … */
const OF_ONE_LABEL = 0.9;
/** … where by chance so many would not, and at least this many times as many as do not. */
const MIXED_BY_CHANCE = 10;
const BEYOND_CHANCE = 4;

/** @throws TabLlmError 'bad-config' for a group that is no column */
export function rowGroups(given: GroupedRows): RowGroups {
  const { schema, rows, group } = given;
  if (group !== undefined) {
    const index = schema.columns.findIndex(({ name }) => name === group);
    if (index < 0) throw noSuchGroup(group, schema);
    return { groups: groupsBy(rows, index, schema), warnings: [] };
  }
  const found = schema.columns.flatMap((column, index) =>
    mayTellGroups(column) && tellsGroups(given, index) ? [{ column, index }] : [],
  );
  const sure = found.find(({ column, index }) => isSure(given, column, index));
  if (sure) {
    return { groups: groupsBy(rows, sure.index, schema), warnings: [heldTogether(sure.column)] };
  }
  return { groups: null, warnings: found.slice(0, 1).map(({ column }) => perhapsGroups(column)) };
}

/** The groups of both, joined where they share a row. */
export function joinGroups(first: Int32Array | null, second: Int32Array | null): Int32Array | null {
  if (first === null || second === null) return first ?? second;
  const behind = first.reduce((most, group) => Math.max(most, group + 1), 0);
  const all = second.reduce((most, group) => Math.max(most, behind + group + 1), behind);
  const parents = Int32Array.from({ length: all }, (_, group) => group);
  const rootOf = (group: number): number => {
    let root = group;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] as number] as number;
      root = parents[root] as number;
    }
    return root;
  };
  for (const [row, group] of first.entries()) {
    parents[rootOf(group)] = rootOf(behind + (second[row] as number));
  }
  return first.map(rootOf);
}

/** Rows without a cell there stand alone. */
function groupsBy(rows: Rows, index: number, { missing }: TableSchema): Int32Array {
  const isMissing = missingTest(missing);
  const numbers = new Map<string, number>();
  return Int32Array.from(rows, (row, place) => {
    const cell = row[index] ?? '';
    const key = isMissing(cell) ? `row ${place}` : `cell ${cell.trim()}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

function mayTellGroups({ name, role, kind }: ColumnSchema): boolean {
  if (role !== 'feature') return false;
  return kind === 'category' || kind === 'text' || (kind === 'numeric' && isNamedId(name));
}

function tellsGroups({ schema, rows, labels }: GroupedRows, index: number): boolean {
  const isMissing = missingTest(schema.missing);
  const filled = [...rows.keys()].filter((place) => !isMissing(rows[place]?.[index] ?? ''));
  const values = groupPlaces(filled, (place) => rows[place]?.[index]?.trim());
  const repeated = [...values.values()].filter(({ length }) => length > 1);
  if (repeated.length < FEWEST_GROUPS || 2 * values.size > filled.length) return false;
  const mixed = (of: readonly string[]) =>
    repeated.filter((places) => places.some((place) => of[place] !== of[places[0] as number]))
      .length;
  const found = mixed(labels);
  if (found > (1 - OF_ONE_LABEL) * repeated.length) return false;
  const byChance = mixed(seededRandom(0).shuffle(labels));
  return byChance >= Math.max(MIXED_BY_CHANCE, BEYOND_CHANCE * found);
}

/** Whether it is like an identifier, and rows to be predicted are of other groups. */
function isSure({ schema, rows, unlabelled }: GroupedRows, column: ColumnSchema, index: number) {
  const isMissing = missingTest(schema.missing);
  const cellsOf = (some: Rows) =>
    some.map((row) => (row[index] ?? '').trim()).filter((cell) => !isMissing(cell));
  const known = new Set(cellsOf(rows));
  const met = cellsOf(unlabelled);
  if (met.length > 0 && 2 * met.filter((cell) => known.has(cell)).length >= met.length)
    return false;
  if (column.kind === 'text' || isNamedId(column.name)) return true;
  return [...known].every((cell) => /^\S*\d\S*$/.test(cell));
}

function heldTogether({ name }: ColumnSchema): Translated {
  return {
    en: `rows with the same ${name} have the same label, so that they are held out together: figures are of values of ${name} that are new`,
    zh: `“${name}”相同的行标签也相同，因此评估时一起留出：指标针对“${name}”为新值的行`,
  };
}

function perhapsGroups({ name }: ColumnSchema): Translated {
  return {
    en: `rows with the same ${name} nearly always have the same label, and figures are of rows whose ${name} is known; if it is to be new, say that they belong together: --group ${name}, or on the page under Target and columns`,
    zh: `“${name}”相同的行标签几乎总是相同，指标针对“${name}”已知的行；如果要预测的是新的值，请指明这些行属于一组：使用 --group ${name}，或在页面的“目标与列”中选择`,
  };
}

function noSuchGroup(group: string, { columns }: TableSchema): TabLlmError {
  const names = columns.map(({ name }) => name);
  return new TabLlmError('bad-config', {
    en: `The table has no column "${group}" to group rows by; it has ${columnList(names).en}.`,
    zh: `表格中没有用来分组的列“${group}”，现有的列：${columnList(names).zh}。`,
  });
}
