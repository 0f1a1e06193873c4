/**
 * The nine public tables of the TabLLM paper as it words them: names, values, order, question and
 * answers, with the slips of the published texts. A default run says what a table's own headers and
 * values say; a preset is for repeating the paper.
 */
import { cleanNote } from '../serialisers/clean-note.ts';
import { type Field, findSerialiser, type LayoutOptions } from '../serialisers/index.ts';
import { asWritten, type CellWords } from './cell-words.ts';

export interface PresetFeature {
  /** Column of the table; null where the paper's template names none that exists. */
  readonly column: string | null;
  readonly name: string;
  /** Default: as written. */
  readonly words?: CellWords;
}

export interface Preset {
  readonly name: string;
  readonly question: string;
  /** Answer of each class, class 0 first. */
  readonly choices: readonly string[];
  /** In the order in which they are said. */
  readonly features: readonly PresetFeature[];
  /** For List Permuted Names: name i goes with the value of feature permutation[i]. */
  readonly permutation: readonly number[];
}

/** Columns that a preset says something of. */
export function presetColumns({ features }: Preset): string[] {
  return features.flatMap(({ column }) => column ?? []);
}

/**
 * Answers of these classes: those of 0, 1 … by their numbers, others in the order of the classes.
 * @param classes as many as it has
 */
export function presetWords({ choices }: Preset, classes: readonly string[]): readonly string[] {
  const numbered = choices.every((_, k) => classes.includes(String(k)));
  return numbered ? classes.map((name) => choices[Number(name)] as string) : choices;
}

/** The fields of a row under a preset. @param columns names of the cells, in their order */
export function presetFields(
  preset: Preset,
  columns: readonly string[],
): (cells: readonly string[]) => Field[] {
  const places = preset.features.map(({ column }) =>
    column === null ? -1 : columns.indexOf(column),
  );
  return (cells) =>
    preset.features.map(({ name, words = asWritten }, i) => {
      const cell = cells[places[i] as number] ?? '';
      return { name, value: (cell === '' ? '' : words(cell)) || null };
    });
}

/** Writes rows as published, blanks and dots included. */
export function paperExact(
  preset: Preset,
  columns: readonly string[],
  serialiser = 'text-template',
  options: LayoutOptions = {},
): (cells: readonly string[]) => string {
  const write = findSerialiser(serialiser).prepare({
    permutation: preset.permutation,
    ...options,
    missing: 'blank',
  });
  const fields = presetFields(preset, columns);
  return (cells) => cleanNote(write(fields(cells)));
}

/** The paper's prompt: text, question, and the place of the answer. */
export function paperPrompt(preset: Preset, note: string): string {
  return `${note}\n\n${preset.question} Answer:`;
}
