/**
 * What SQLite may store a column of CSV cells as. A column is a number only if each of its cells is
 * the plain writing of one: `007`, `+5`, `1e5`, 20 digits and `N/A` make it text, so that
 * nothing a file says is lost.
 */
export type CellType = 'INTEGER' | 'BIGINT' | 'REAL' | 'TEXT';

const WHOLE = /^-?(?:0|[1-9]\d{0,18})$/;
const DECIMAL = /^-?(?:0|[1-9]\d*)\.\d+$/;
const LARGEST = 2n ** 63n - 1n;

/** The narrowest type that a cell fits; an empty cell fits each, and is null. */
export function cellType(cell: string): CellType | null {
  if (cell === '') return null;
  if (WHOLE.test(cell)) return wholeType(cell);
  if (!DECIMAL.test(cell)) return 'TEXT';
  const decimals = cell.length - cell.indexOf('.') - 1;
  return decimals <= 100 && Number(cell).toFixed(decimals) === cell ? 'REAL' : 'TEXT';
}

/** The type that fits both. Whole numbers that a REAL cannot hold make a column of decimals text. */
export function widen(type: CellType | null, cell: string): CellType | null {
  const own = cellType(cell);
  if (own === null || own === type) return type;
  if (type === null) return own;
  const both = new Set([type, own]);
  if (both.has('TEXT')) return 'TEXT';
  if (!both.has('REAL')) return 'BIGINT';
  return both.has('BIGINT') ? 'TEXT' : 'REAL';
}

/** The value to store. */
export function toValue(cell: string, type: CellType): string | number | bigint | null {
  if (cell === '') return null;
  if (type === 'INTEGER' || type === 'BIGINT') return BigInt(cell);
  return type === 'REAL' ? Number(cell) : cell;
}

/** `1,234.50`, and in brackets what is owed: `(500.00)`. */
const SEPARATED = /^(-?)(\d{1,3}(?:,\d{3})+)(\.\d+)?$/;
const IN_BRACKETS = /^\(([^()-]+)\)$/;

/**
 * The plain writing of an amount with commas between its thousands, or in brackets as accounts have what is
 * negative; as it is where it is plain already, null for anything else.
 */
export function plainAmount(cell: string): string | null {
  if (cell === '') return cell;
  const owed = IN_BRACKETS.exec(cell)?.[1];
  if (owed !== undefined) {
    const plain = plainAmount(owed);
    return plain === null || plain === '' || Number(plain) === 0 ? null : `-${plain}`;
  }
  const [, sign = '', whole, decimals = ''] = SEPARATED.exec(cell) ?? [];
  const plain = whole === undefined ? cell : `${sign}${whole.replaceAll(',', '')}${decimals}`;
  return cellType(plain) === 'TEXT' ? null : plain;
}

/** Whole numbers beyond 2⁵³ stand apart: no other type holds them. */
function wholeType(cell: string): CellType {
  if (cell === '-0') return 'TEXT';
  if (Number.isSafeInteger(Number(cell))) return 'INTEGER';
  const value = BigInt(cell);
  return value <= LARGEST && value >= -LARGEST - 1n ? 'BIGINT' : 'TEXT';
}
