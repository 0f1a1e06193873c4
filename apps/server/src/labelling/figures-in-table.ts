/**
 * How predicted numbers are written beside a table: a quantity in the writing of its target, every other figure
 * with the table's decimal mark. A column in two writings is read wrong: 170.946 is thousands beside 119,4.
 */
import {
  inferSchema,
  missingTest,
  type NumberWriting,
  numberWriting,
  openCsv,
  writeNumber,
} from '@quaestor/tabllm';

export interface FiguresInTable {
  /** A quantity that is filled in for the target. */
  readonly quantity: (figure: string) => string;
  /** A figure in a column of its own. */
  readonly figure: (figure: string) => string;
}

/** Rows by which the decimal mark is told. */
const ROWS = 1000;
/** Labels of a quantity by which its writing is told. */
const LABELS = 1000;
const PLAIN = { decimal: '.', group: '', prefix: '', suffix: '' } as const;

/** @param quantity column that is filled in with one; null: there is none @throws TabLlmError 'bad-csv' */
export async function figuresInTable(
  file: string,
  quantity: string | null,
): Promise<FiguresInTable> {
  const table = await openCsv(file);
  const place = quantity === null ? -1 : table.columns.indexOf(quantity);
  const isMissing = missingTest();
  const rows: (readonly string[])[] = [];
  const labels: string[] = [];
  for await (const piece of table.rows()) {
    for (const { cells } of piece) {
      const label = cells[place] ?? '';
      if (rows.length < ROWS) rows.push(cells);
      if (!isMissing(label)) labels.push(label);
    }
    if (rows.length >= ROWS && (place < 0 || labels.length >= LABELS)) break;
  }
  return figuresWritten(decimalMark(table.columns, rows), numberWriting(labels));
}

/** That of most columns of decimals. */
function decimalMark(columns: readonly string[], rows: readonly (readonly string[])[]): '.' | ',' {
  const marks = inferSchema(columns, rows).columns.flatMap((column) =>
    column.kind === 'numeric' && column.decimals > 0 ? column.format.decimal : [],
  );
  return 2 * marks.filter((mark) => mark === ',').length > marks.length ? ',' : '.';
}

function figuresWritten(mark: '.' | ',', own: NumberWriting | null): FiguresInTable {
  const { format, decimals, example } = own ?? { format: PLAIN, decimals: 0, example: '' };
  // Whole numbers without groups do not say what their decimals would be.
  const says = format.group !== '' || example.includes(format.decimal);
  const decimal = says ? format.decimal : mark;
  return {
    quantity: (figure) =>
      figure === ''
        ? ''
        : writeNumber(Number(figure), { format: { ...format, decimal }, decimals, example }),
    figure: (figure) => (decimal === '.' ? figure : figure.replace('.', decimal)),
  };
}
