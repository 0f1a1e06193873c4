const [MINUS, ZERO, NINE, COMMA, POINT] = [45, 48, 57, 44, 46];
/** With a sign and a mark: below 2^53, so that digits and the power of ten are whole numbers that are not rounded. */
const LONGEST = 15;
const POWERS = Array.from({ length: LONGEST }, (_, i) => Number(`1e${i}`));

/**
 * The number of a short cell of digits with a decimal mark or none, as most cells are: the same as `Number` of
 * them, in a fifth of the time. NaN for all others, which may be numbers, too.
 */
export function plainNumber(cell: string, decimal: '.' | ','): number {
  const { length } = cell;
  if (length > LONGEST) return Number.NaN;
  const mark = decimal === '.' ? POINT : COMMA;
  const negative = length > 0 && cell.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  let [digits, markAt] = [0, -1];
  for (let i = start; i < length; i++) {
    const code = cell.charCodeAt(i);
    if (code >= ZERO && code <= NINE) digits = 10 * digits + code - ZERO;
    else if (code === mark && markAt < 0) markAt = i;
    else return Number.NaN;
  }
  const whole = (markAt < 0 ? length : markAt) - start;
  const isWritten = whole > 0 && markAt !== length - 1;
  if (!isWritten || (whole > 1 && cell.charCodeAt(start) === ZERO)) return Number.NaN;
  const value = markAt < 0 ? digits : digits / (POWERS[length - markAt - 1] as number);
  return negative ? -value : value;
}
