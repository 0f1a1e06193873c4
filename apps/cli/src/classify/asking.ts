/** How a table's rows are asked about: by flags first, then as an adapter was trained, then by its headers. */
import { readFileSync } from 'node:fs';
import {
  askForLabel,
  describeRow,
  type Field,
  findSerialiser,
  findTextWriter,
  missingTest,
  type Preset,
  type PromptStyle,
  parseTemplate,
  presetColumns,
  presetFields,
  presets,
  presetWords,
  type RowRecipe,
  type TableRecipe,
  type TableSchema,
  type TextWriter,
  tableOfRecipe,
} from '@quaestor/tabllm';
import { InputError } from '../errors.ts';

export interface AskOptions {
  readonly target: string;
  readonly question?: string | undefined;
  /** Answer of each class, in the order of the classes. */
  readonly words?: readonly string[] | undefined;
  readonly serialiser?: string | undefined;
  /** File of a layout with columns in braces. */
  readonly template?: string | undefined;
  /** The layout itself, where it was kept with a model. */
  readonly templateText?: string | undefined;
  /** Table of the paper whose words are used. */
  readonly preset?: string | undefined;
  readonly style?: PromptStyle | undefined;
  readonly seed: number;
}

export interface Asking extends Pick<TableRecipe, 'question' | 'words'> {
  readonly style: PromptStyle;
  /** What is to be remembered of it. */
  readonly recipe: Omit<TableRecipe, 'columns'>;
  /** Where a language model is to put rows into words. */
  readonly textWriter: TextWriter | null;
  /** Cells in the schema's order → what is to be said. */
  describe(schema: TableSchema): (cells: readonly string[]) => Field[];
  /** Whether the writer needs rows of the table. @throws TabLlmError 'not-found' for a layout that there is not */
  needsSample(): boolean;
  /** Cells in the schema's order → text, without a language model. @param sample rows of the table */
  writer(
    schema: TableSchema,
    sample?: readonly (readonly string[])[],
  ): (cells: readonly string[]) => string;
}

const DEFAULT_LAYOUT = 'text-template';

/** @throws InputError for a preset that there is not, or words that do not fit the classes */
export function settleAsking(
  options: AskOptions,
  classes: readonly string[],
  trained: RowRecipe | null,
): Asking {
  const { target, seed } = options;
  // A preset that is asked for takes the place of what an adapter remembers.
  const known =
    options.preset === undefined && trained ? tableOfRecipe(trained, target, classes) : null;
  const presetName = options.preset ?? known?.preset ?? null;
  const preset = presetName === null ? null : findPreset(presetName);
  const fallback = askForLabel(target, classes);
  const words =
    options.words ??
    inOrder(known, classes) ??
    (preset && presetWords(preset, classes)) ??
    fallback.words;
  if (words.length !== classes.length) {
    throw new InputError({
      en: `Column ${target} has the classes ${classes.join(', ')}; expected a word for each, got ${words.join(', ')}.`,
      zh: `列“${target}”的类别有 ${classes.join('、')}，每个类别应有一个词，实际为 ${words.join('、')}。`,
    });
  }
  const question = options.question ?? known?.question ?? preset?.question ?? fallback.question;
  const serialiser = options.serialiser ?? known?.serialiser ?? DEFAULT_LAYOUT;
  const given =
    options.template === undefined ? options.templateText : readFileSync(options.template, 'utf8');
  const remembered = options.serialiser === undefined ? known?.template : null;
  const template = given ?? remembered ?? null;
  const layout = findTextWriter(serialiser) ? DEFAULT_LAYOUT : serialiser;
  const describe = (schema: TableSchema) => {
    if (!preset) return describeRow(schema);
    const columns = schema.columns.map(({ name }) => name);
    expectColumns(preset, columns);
    return presetFields(preset, columns);
  };
  return {
    question,
    words: [...words],
    style: options.style ?? trained?.style ?? 'paper',
    recipe: {
      target,
      classes: [...classes],
      question,
      words: [...words],
      serialiser,
      template,
      preset: presetName,
    },
    textWriter: template === null ? findTextWriter(serialiser) : null,
    describe,
    needsSample: () => template === null && findSerialiser(layout).needsSample === true,
    writer: (schema, sample = []) => {
      if (template !== null) return templateWriter(schema, template);
      const fields = describe(schema);
      const write = findSerialiser(layout).prepare({ seed, sample: sample.map(fields) });
      return (cells) => write(fields(cells));
    },
  };
}

function findPreset(name: string): Preset {
  const found = presets.get(name);
  if (found) return found;
  throw new InputError(`There is no preset ${name}; there are ${[...presets.keys()].join(', ')}.`);
}

/** @throws InputError for a table that has none of a preset's columns: nothing would be said of it */
function expectColumns(preset: Preset, columns: readonly string[]): void {
  const known = presetColumns(preset);
  if (known.some((name) => columns.includes(name))) return;
  throw new InputError({
    en: `The preset ${preset.name} is of a table with the columns ${known.join(', ')}; this one has ${columns.join(', ')}. Rename them, or leave --preset out.`,
    zh: `预设 ${preset.name} 针对含有列 ${known.join('、')} 的表格，而这个表格的列为 ${columns.join('、')}。请改名，或去掉 --preset。`,
  });
}

/** The words of a trained table in the order of these classes. */
function inOrder(
  table: TableRecipe | null,
  classes: readonly string[],
): readonly string[] | undefined {
  return table ? classes.map((name) => table.words[table.classes.indexOf(name)] ?? '') : undefined;
}

function templateWriter(
  schema: TableSchema,
  template: string,
): (cells: readonly string[]) => string {
  const columns = schema.columns.map(({ name }) => name);
  const fill = parseTemplate(template, columns);
  const isMissing = missingTest(schema.missing);
  return (cells) =>
    fill((column) => {
      const cell = cells[columns.indexOf(column)] ?? '';
      return isMissing(cell) ? null : cell;
    });
}
