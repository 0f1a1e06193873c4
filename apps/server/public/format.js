const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const MOST_DECIMALS = 4;
const CODE_LIKE = /(^|_)(id|code|year|month|day|no|number|zip)$|Id$|Code$|Year$/;

export const count = (number, noun) =>
  `${integers.format(number)} ${number === 1 ? noun : `${noun}s`}`;

export const duration = (milliseconds) =>
  milliseconds < 1
    ? '<1 ms'
    : milliseconds < 1000
      ? `${Math.round(milliseconds)} ms`
      : `${(milliseconds / 1000).toFixed(1)} s`;

/** Whether the numbers of a column name things (years, codes) and so are not grouped or drawn. */
export const isCode = (column) => CODE_LIKE.test(column);

/**
 * How the cells of a column are written: amounts with thousands separators and as many decimals as
 * the longest of them has, codes and years as they are.
 *
 * @returns {(value: unknown) => string}
 */
export function cellFormat(column, values) {
  const places = Math.max(
    0,
    ...values.filter((value) => typeof value === 'number').map(decimalPlaces),
  );
  const amounts = new Intl.NumberFormat('en', {
    minimumFractionDigits: places <= MOST_DECIMALS ? places : 0,
    maximumFractionDigits: MOST_DECIMALS + 2,
  });
  return (value) => {
    if (value === null || value === undefined) return '';
    if (typeof value !== 'number')
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    return isCode(column) ? String(value) : amounts.format(value);
  };
}

const decimalPlaces = (number) => /\.(\d+)$/.exec(String(number))?.[1].length ?? 0;

/** A column is numeric when it holds numbers and nothing else, empty cells aside. */
export function isNumeric(rows, index) {
  const values = rows.map((row) => row[index]).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}
