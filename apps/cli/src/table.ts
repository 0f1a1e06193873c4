import type { Terminal } from './command.ts';
import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';
import { printableLine } from './printable.ts';
import { PLAIN, styleOf } from './style.ts';

/** Columns between two columns. */
const GAP = 2;

/** A column of text is not cut to fewer columns than this. */
const NARROWEST = 8;

export interface TableOptions {
  /** Columns that there are; default: as many as it takes. */
  readonly width?: number | undefined;
  readonly style?: typeof PLAIN;
}

const FIGURE = /^(?:[-+]?\.?\d[\d.,]*(?:e[-+]?\d+)?)?$/i;

type Rows = readonly (readonly (string | number | null)[])[];

/**
 * Rows as aligned columns under a header; numbers to the right. Where they are wider than the
 * terminal, long texts are cut, numbers never; where that is not enough, each row becomes a block of
 * `name  value` lines.
 */
export function table(names: readonly string[], rows: Rows, options: TableOptions = {}): string {
  const { width = Number.POSITIVE_INFINITY, style = PLAIN } = options;
  const header = names.map(printableLine);
  const cells = rows.map((row) =>
    row.map((value) => (value === null ? '' : printableLine(plain(value)))),
  );
  const right = header.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] !== 'string'),
  );
  const wanted = header.map((name, column) =>
    cells.reduce(
      (most, row) => Math.max(most, displayWidth(row[column] ?? '')),
      displayWidth(name),
    ),
  );
  // A figure that is cut is another figure, written out as text or not.
  const least = wanted.map((columns, column) =>
    right[column] || cells.every((row) => FIGURE.test(row[column] ?? ''))
      ? columns
      : Math.min(columns, NARROWEST),
  );
  const room = width - GAP * (wanted.length - 1);
  if (sum(least) > room && rows.length > 0) return blocks(header, cells, width, style);
  const widths = shrink(wanted, least, room);
  const line = (row: readonly string[], paint: (text: string) => string = (text) => text) =>
    paint(
      row
        .map((cell, column) => {
          const columns = widths[column] ?? 0;
          return padToWidth(cutToWidth(cell, columns), columns, right[column] ? 'start' : 'end');
        })
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  const rule = widths.map((columns) => '─'.repeat(columns)).join(' '.repeat(GAP));
  return `${[line(header, style.bold), style.dim(rule), ...cells.map((row) => line(row))].join('\n')}\n`;
}

/** What a terminal has to say about a table on its standard output. */
export function tableOptions({ stdout, env }: Terminal): Required<TableOptions> {
  return {
    width: stdout.isTTY === true ? stdout.columns : undefined,
    style: styleOf(stdout, env),
  };
}

/** 0.495 rather than the 0.49500000000000005 that its binary fraction is. */
function plain(value: string | number): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(15)));
}

/** Takes columns from the widest until all fit. */
function shrink(wanted: readonly number[], least: readonly number[], room: number): number[] {
  const widths = [...wanted];
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    let widest = -1;
    for (const [column, columns] of widths.entries()) {
      if (columns > (least[column] ?? 0) && columns > (widths[widest] ?? 0)) widest = column;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function blocks(
  header: readonly string[],
  cells: readonly (readonly string[])[],
  width: number,
  style: NonNullable<TableOptions['style']>,
): string {
  const named = Math.min(Math.max(...header.map(displayWidth)), Math.floor(width / 2));
  return cells
    .map((row, index) => {
      const title = style.dim(cutToWidth(`── ${index + 1} of ${cells.length} ──`, width));
      const lines = header.map((name, column) => {
        const label = style.bold(padToWidth(cutToWidth(name, named), named));
        return `${label}  ${cutToWidth(row[column] ?? '', width - named - GAP)}`.trimEnd();
      });
      return `${[title, ...lines].join('\n')}\n`;
    })
    .join('');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
