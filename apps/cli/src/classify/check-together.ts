/** Which flags of `quaestor classify` go together. */
import { UsageError } from '../errors.ts';

/** Values of the flags by their keys; what is not given is undefined, a switch may be false. */
export interface GivenFlags {
  readonly model?: string | undefined;
  readonly target?: string | undefined;
  readonly expectations?: string | undefined;
  readonly readText?: number | undefined;
  readonly threshold?: string | undefined;
  readonly dryRun: boolean;
  readonly bom: boolean;
  readonly json: boolean;
  readonly out?: string | undefined;
}

/** What is said to a language model, or of one. */
const WORDING = ['question', 'words', 'serialiser', 'preset', 'style', 'template'];
const OF_LANGUAGE = ['tabular', 'languageModel', 'adapter', 'readText', ...WORDING];

/** What was settled when a saved model was made. */
const OF_LEARNING = [
  ...['train', 'save', 'expectations', 'readText', 'classes', 'group', 'without', 'task'],
  ...['trees', 'seed'],
];

/** @throws UsageError naming all that does not go together */
export function checkTogether(given: GivenFlags): void {
  const { model, target, expectations, threshold, dryRun, bom, json, out } = given;
  const problems: string[] = [];
  if (model === undefined && target === undefined) {
    problems.push('--target is missing: column to predict');
  }
  if (model !== undefined) {
    const settled = flagsGiven(given, [...OF_LEARNING, ...WORDING]);
    if (settled.length > 0) {
      problems.push(
        `--model was settled when it was learned, and is used as it is: leave out ${settled.join(', ')}`,
      );
    }
    if (threshold === 'f1' || threshold === 'youden') {
      problems.push(
        `--threshold ${threshold} is found on labelled rows, which a saved model does not keep: give it when the model is learned, or cost:<false alarm>:<miss> here`,
      );
    }
    if (dryRun) problems.push('--dry-run is for learning, not with --model');
  } else if (expectations !== undefined) {
    // One that reads text may stand beside what was said of the columns.
    const reading = given.readText === undefined ? [] : ['readText', 'languageModel'];
    const asking = flagsGiven(
      given,
      OF_LANGUAGE.filter((key) => !reading.includes(key)),
    );
    if (asking.length > 0) {
      problems.push(
        `--expectations takes the place of a language model: leave out ${asking.join(', ')}`,
      );
    }
  }
  if (bom && json && out === undefined) {
    problems.push('--bom is for CSV: leave out --json, or give --out');
  }
  if (problems.length > 0) throw new UsageError(problems, 'classify');
}

function flagsGiven(given: GivenFlags, keys: readonly string[]): string[] {
  const values: Readonly<Record<string, unknown>> = { ...given };
  return keys
    .filter((key) => values[key] !== undefined && values[key] !== false)
    .map((key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}
