/** How a CSV file is written, from its beginning: delimiter and quote sign, each detected where it is not said. */
import Papa from 'papaparse';
import { separatorLine } from './separator-line.ts';

export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** @param sample text from the beginning, line ends as \n */
export function detectDialect(sample: string, given: Partial<CsvDialect> = {}): CsvDialect {
  const line = separatorLine(sample);
  const text = line?.rest ?? sample;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1) || text;
  const quote = given.quote ?? detectQuote(whole);
  const said = given.delimiter ?? line?.delimiter;
  if (said !== undefined) return { delimiter: said, quote };
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
