/** Rows of an answer: sorted by a click on a column, by pages, written exactly. */

import { useMemo, useState } from 'preact/hooks';
import {
  type Cell,
  type ColumnKind,
  cellFormat,
  columnKinds,
  type Rows,
  sortedOrder,
} from './cells.ts';
import { marked } from './direction.ts';
import { number } from './format.ts';
import { useText } from './language.ts';

const text = {
  en: {
    rows: 'Rows',
    empty: 'empty',
    none: 'No rows',
    pages: 'Pages of the table',
    previous: 'Previous page',
    next: 'Next page',
    range: (from: string, to: string, all: string) => `${from}–${to} of ${all}`,
  },
  zh: {
    rows: '数据行',
    empty: '空',
    none: '没有数据',
    pages: '表格分页',
    previous: '上一页',
    next: '下一页',
    range: (from: string, to: string, all: string) => `第 ${from}–${to} 行，共 ${all} 行`,
  },
};

export interface DataTableProps {
  readonly columns: readonly string[];
  readonly rows: Rows;
  /** Rows of a page; default 50. */
  readonly pageSize?: number;
  /** Whether columns can be sorted; default true. */
  readonly sortable?: boolean;
}

interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

export function DataTable({ columns, rows, pageSize = 50, sortable = true }: DataTableProps) {
  const words = useText(text);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [wantedPage, setPage] = useState(0);
  const shapes = useMemo(() => columnShapes(columns, rows), [columns, rows]);
  const order = useMemo(
    () =>
      sorting === null
        ? rows.map((_, index) => index)
        : sortedOrder(rows, sorting.column, sorting.descending),
    [rows, sorting],
  );
  if (rows.length === 0) return <p class="empty-state">{words.none}</p>;
  const pages = Math.ceil(rows.length / pageSize);
  const page = Math.min(wantedPage, pages - 1);
  const shown = order.slice(page * pageSize, (page + 1) * pageSize);
  const sortBy = (column: number) => {
    setPage(0);
    setSorting(nextSorting(sorting, column));
  };
  return (
    <div class="data-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={words.rows}>
        <table>
          <thead>
            <tr>
              {columns.map((name, index) => (
                <th
                  key={`${index}`}
                  scope="col"
                  class={shapes[index]?.look}
                  aria-sort={sortState(sorting, index)}
                >
                  {sortable ? (
                    <button class="sort" type="button" onClick={() => sortBy(index)}>
                      {marked(name)}
                    </button>
                  ) : (
                    marked(name)
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((index) => (
              <tr key={index}>
                {columns.map((_, column) => (
                  <TableCell
                    key={`${column}`}
                    value={rows[index]?.[column] ?? null}
                    shape={shapes[column]}
                    empty={words.empty}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && (
        <nav class="pages" aria-label={words.pages}>
          <button
            class="quiet"
            type="button"
            disabled={page === 0}
            aria-label={words.previous}
            onClick={() => setPage(page - 1)}
          >
            ←
          </button>
          <span aria-live="polite">
            {words.range(
              number(page * pageSize + 1),
              number(Math.min(rows.length, (page + 1) * pageSize)),
              number(rows.length),
            )}
          </span>
          <button
            class="quiet"
            type="button"
            disabled={page === pages - 1}
            aria-label={words.next}
            onClick={() => setPage(page + 1)}
          >
            →
          </button>
        </nav>
      )}
    </div>
  );
}

interface ColumnShape {
  /** How its cells stand. */
  readonly look: string | undefined;
  readonly format: (value: Cell) => string;
}

/** An amount stands at the right; what is read as one sign is not broken. */
const LOOKS: Readonly<Record<ColumnKind, string | undefined>> = {
  number: 'number',
  code: 'unbroken',
  date: 'unbroken',
  text: undefined,
};

function columnShapes(columns: readonly string[], rows: Rows): readonly ColumnShape[] {
  return columnKinds(columns, rows).map((kind, index) => ({
    look: LOOKS[kind],
    format: cellFormat(
      kind,
      rows.map((row) => row[index] ?? null),
    ),
  }));
}

interface TableCellProps {
  readonly value: Cell;
  readonly shape: ColumnShape | undefined;
  readonly empty: string;
}

function TableCell({ value, shape, empty }: TableCellProps) {
  if (value === null) return <td class={`null ${shape?.look ?? ''}`}>{empty}</td>;
  return <td class={shape?.look}>{marked(shape?.format(value) ?? String(value))}</td>;
}

function sortState(sorting: Sorting | null, column: number) {
  if (sorting?.column !== column) return undefined;
  return sorting.descending ? 'descending' : 'ascending';
}

/** Up, down, and back to the order of the rows. */
function nextSorting(before: Sorting | null, column: number): Sorting | null {
  if (before?.column !== column) return { column, descending: false };
  return before.descending ? null : { column, descending: true };
}
