/** How a CSV file is written, from its beginning: delimiter and quote sign, each detected. */
import Papa from 'papaparse';

export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** @param sample text from the beginning, line ends as \n */
export function detectDialect(sample: string, given: Partial<CsvDialect> = {}): CsvDialect {
  const whole = sample.slice(0, sample.lastIndexOf('\n') + 1) || sample;
  const quote = given.quote ?? detectQuote(whole);
  if (given.delimiter !== undefined) return { delimiter: given.delimiter, quote };
  const { delimiter } = Papa.parse(whole, {
    preview: 20,
    newline: '\n',
    quoteChar: quote,
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: true,
  }).meta;
  return { delimiter: DELIMITERS.includes(delimiter) ? delimiter : ',', quote };
}

/** The single quote only where fields stand in it and none in double quotes. */
function detectQuote(sample: string): string {
  const fieldsIn = (quote: string): number =>
    sample.match(new RegExp(`(?<=^|[,;\\t|])${quote}[^${quote}\\n]*${quote}(?=[,;\\t|]|$)`, 'gm'))
      ?.length ?? 0;
  return fieldsIn('"') === 0 && fieldsIn("'") > 1 ? "'" : '"';
}
