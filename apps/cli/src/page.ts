/** Two columns of text, the right one wrapped to the terminal with its lines below each other. */
import { displayWidth, padToWidth } from './display-width.ts';
import type { TableOptions } from './table.ts';

export type PageOptions = Pick<TableOptions, 'width' | 'style'>;

/** Fewer columns than this are not worth wrapping to. */
const NARROWEST = 24;

/** Lines of `  left  right`; without a width every row is one line. */
export function hangingLines(
  rows: readonly (readonly [left: string, right: string])[],
  width: number = Number.POSITIVE_INFINITY,
): string[] {
  const left = Math.max(0, ...rows.map(([name]) => displayWidth(name)));
  const room = width - left - 4;
  return rows.flatMap(([name, text]) => {
    const lines = room < NARROWEST ? [text] : wrapped(text, room);
    return lines.map((line, index) =>
      `  ${padToWidth(index === 0 ? name : '', left)}  ${line}`.trimEnd(),
    );
  });
}

/** Lines of at most so many columns, broken at spaces. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) > columns && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
