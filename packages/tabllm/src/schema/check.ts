/** A table to be predicted against the schema of the table that was learned from. */
import type { Translated } from '@quaestor/peft';
import { titleAbove } from '../csv/header-below.ts';
import { TabLlmError } from '../errors.ts';
import { arrangeCells } from './arrange-cells.ts';
import { bareName } from './bare-name.ts';
import { columnList } from './column-list.ts';
import { type ColumnKind, KINDS_IN_CHINESE, type TableSchema } from './table-schema.ts';

export interface CheckedTable {
  /** Where the schema's columns stand; −1: nowhere. */
  readonly places: readonly number[];
  /** Of a row's cells, those of the schema in the schema's order; missing ones are ''. */
  arrange(cells: readonly string[]): string[];
  /** Columns that are there and not used. */
  readonly extra: readonly string[];
  readonly warnings: readonly Translated[];
}

/**
 * Columns are found by name, whatever their order; case, blanks and signs do not count where no other column could
 * be meant. A missing feature is an error, an extra column a
 * warning; values never seen before are allowed.
 * @param below line that has the missing columns; null: none
 * @param read places of the columns that are read; others need not be there. Default: all features
 * @throws TabLlmError 'mismatch' naming every missing column
 */
export function checkTable(
  schema: TableSchema,
  columns: readonly string[],
  below: number | null = null,
  read: ReadonlySet<number> | null = null,
): CheckedTable {
  const own = schema.columns.map(({ name }) => columns.indexOf(name));
  const others = columns.filter((name) => !schema.columns.some((column) => column.name === name));
  const alike = schema.columns.map(({ name }, i) =>
    own[i] === -1 ? onlyAlike(name, schema, others) : undefined,
  );
  const places = own.map((place, i) =>
    alike[i] === undefined ? place : columns.indexOf(alike[i] as string),
  );
  const extra = others.filter((name) => !alike.includes(name));
  const problems = schema.columns
    .filter(({ role }, i) => {
      const isUsed = role === 'feature' && (read === null || read.has(i));
      return isUsed && places[i] === -1;
    })
    .map(({ name, kind }) => missingColumn(name, kind, nearest(name, extra)));
  if (problems.length > 0) {
    const todo =
      below === null ? { en: 'Rename or add them:', zh: '请改名或补上：' } : titleAbove(below);
    throw new TabLlmError(
      'mismatch',
      {
        en: `The table does not have the columns that were learned from; it has ${columnList(columns).en}. ${todo.en}`,
        zh: `表格缺少学习时用到的列，现有的列：${columnList(columns).zh}。${todo.zh}`,
      },
      { problems },
    );
  }
  return {
    places,
    arrange: (cells) => arrangeCells(places, cells),
    extra,
    warnings: [
      ...extra.map(notUsed),
      ...schema.columns.flatMap(({ name, role }, i) =>
        alike[i] === undefined || role !== 'feature' ? [] : [takenFor(alike[i] as string, name)],
      ),
    ],
  };
}

/** Said of a column that a model does not know. */
function notUsed(name: string): Translated {
  return {
    en: `column ${name} was not learned from and is not used`,
    zh: `列“${name}”没有学习过，不会用到`,
  };
}

/** @param like a column that may be meant */
function missingColumn(name: string, kind: ColumnKind, like: string | undefined): Translated {
  return {
    en: `${name} (${kind}) is missing${like === undefined ? '' : `; is it "${like}"?`}`,
    zh: `缺少列“${name}”（${KINDS_IN_CHINESE[kind]}）${like === undefined ? '' : `，是不是“${like}”？`}`,
  };
}

function takenFor(name: string, learned: string): Translated {
  return {
    en: `column ${name} is taken for ${learned}, as which it was learned`,
    zh: `列“${name}”按学习时的“${learned}”处理`,
  };
}

/** A column that differs only in case, blanks or signs. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => bareName(candidate) === bareName(name));
}

/** The same where neither it nor the column that was learned from could be another one. */
function onlyAlike(
  name: string,
  { columns }: TableSchema,
  candidates: readonly string[],
): string | undefined {
  const bare = bareName(name);
  if (bare === '' || columns.filter((column) => bareName(column.name) === bare).length > 1) {
    return undefined;
  }
  const found = candidates.filter((candidate) => bareName(candidate) === bare);
  return found.length === 1 ? found[0] : undefined;
}
