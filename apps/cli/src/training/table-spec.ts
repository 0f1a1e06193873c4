/** Tables to learn from as typed: one file and column each, and what goes with each by position. */
import type { AskOptions } from '../classify/asking.ts';
import { InputError } from '../errors.ts';

export interface TableFlags {
  /** `FILE` or `FILE:COLUMN`. */
  readonly csv: readonly string[];
  readonly target?: string | undefined;
  /** Of each table by position; an empty text stands for none. */
  readonly classes: readonly string[];
  readonly preset: readonly string[];
  readonly question: readonly string[];
  readonly words: readonly string[];
  readonly template: readonly string[];
  /** Leaves out the tables whose path has a folder or file of one of these names. */
  readonly leave_out?: readonly string[];
}

export interface TableSpec extends Pick<AskOptions, 'question' | 'words' | 'template' | 'preset'> {
  readonly file: string;
  readonly target: string;
  /** In the order of the words; names those that are words for no label, such as NA. */
  readonly classes: readonly string[] | undefined;
}

/** @throws InputError naming every list that is too long and every table without a column */
export function readTableSpecs(flags: TableFlags): readonly TableSpec[] {
  const { csv, target, classes, preset, question, words, template } = flags;
  const lists = { classes, preset, question, words, template };
  const problems = Object.entries(lists)
    .filter(([, list]) => list.length > csv.length)
    .map(([name, list]) => `${list.length} --${name} for ${csv.length} --csv`);
  const specs = csv.map((text, i) => {
    const [file, column = target] = splitColumn(text);
    if (column === undefined)
      problems.push(`${file}: which column? --csv ${file}:COLUMN or --target`);
    return {
      file,
      target: column ?? '',
      classes: listOf(classes[i]),
      preset: preset[i] || undefined,
      question: question[i] || undefined,
      words: listOf(words[i]),
      template: template[i] || undefined,
    };
  });
  const { leave_out: out = [] } = flags;
  const kept = specs.filter(({ file }) => !out.some((name) => isOfSet(file, name)));
  for (const name of out.filter((one) => !specs.some(({ file }) => isOfSet(file, one)))) {
    problems.push(`--leave-out ${name} leaves ${specs.length} of ${specs.length} tables`);
  }
  if (kept.length === 0 && specs.length > 0) {
    problems.push(`--leave-out ${out.join(', ')} leaves 0 of ${specs.length} tables`);
  }
  if (problems.length > 0) throw new InputError(`${problems.join('; ')}.`);
  return kept;
}

/** Whether a folder or file of a table's path has the name of a set. */
export function isOfSet(file: string, set: string): boolean {
  return file.split(/[\\/]/).includes(set);
}

function listOf(text: string | undefined): string[] | undefined {
  return text ? text.split(',').map((word) => word.trim()) : undefined;
}

/** A colon before a slash belongs to the path, as in `C:\\data\\rows.csv`. */
function splitColumn(text: string): [string, string?] {
  const at = text.lastIndexOf(':');
  const column = text.slice(at + 1);
  if (at <= 0 || column === '' || /[\\/]/.test(column)) return [text];
  return [text.slice(0, at), column];
}
