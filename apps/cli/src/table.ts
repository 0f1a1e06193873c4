import { printableLine } from './printable.ts';

/** Rows as aligned columns under a header; numbers to the right. */
export function table(
  names: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const header = names.map(printableLine);
  const cells = rows.map((row) =>
    row.map((value) => (value === null ? '' : printableLine(String(value)))),
  );
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const right = header.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] !== 'string'),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[line(header), rule, ...cells.map(line)].join('\n')}\n`;
}
