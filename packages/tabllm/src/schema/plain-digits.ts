/** Digits and marks of other scripts and of spreadsheets' texts, as those of ASCII: `１２．５`, `١٢٫٥`, `="12.5"`, `'12.5`. */

const ASCII = /^[\x20-\x7e]*$/;
/** The zeros of scripts whose digits follow each other. */
const ZEROS = [0xff10, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];
const MARKS: Readonly<Record<string, string>> = {
  ...{ '٫': '.', '．': '.', '٬': ',', '，': ',' },
  ...{ '－': '-', '＋': '+', '（': '(', '）': ')', '％': '%' },
};
const OTHERS = new RegExp(`\\p{Nd}|[${Object.keys(MARKS).join('')}]`, 'gu');
/** A number that a spreadsheet is told to keep as text. */
const FORMULA_TEXT = /^="([^"]*)"$/;
const MARKED_TEXT = /^'(?=[-+(]?\p{Sc}? ?[\d.])([^']*)$/u;

/** A cell whose number stands in it in digits and marks of ASCII; other cells are as they were. */
export function withPlainDigits(cell: string): string {
  const first = cell.charAt(0);
  if (first === '=' || first === "'") {
    const text = FORMULA_TEXT.exec(cell)?.[1] ?? MARKED_TEXT.exec(cell)?.[1];
    if (text !== undefined) return withPlainDigits(text);
  }
  if (ASCII.test(cell)) return cell;
  return cell.replace(OTHERS, (sign) => MARKS[sign] ?? plainDigit(sign));
}

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) as number;
  const zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** The same text with one blank for all blanks that do not break and narrow ones, and one apostrophe for all. */
export function withPlainBlanks(text: string): string {
  if (ASCII.test(text)) return text;
  return text
    .replace(/[\u00a0\u2007\u2009\u202f\u3000]/g, ' ')
    .replace(/[\u2018\u2019\u00b4]/g, "'");
}
