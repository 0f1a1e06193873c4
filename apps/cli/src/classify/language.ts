/**
 * The language model of `quaestor classify`: how it is asked, and when it is brought into memory. As it
 * comes it is asked about columns and reads free text; an adapter, and whoever says how a row becomes text, has it
 * read rows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Adapter,
  type HubEntry,
  type LanguageModel,
  mergeStoredAdapter,
  reasonOf,
} from '@quaestor/peft';
import {
  columnExpert,
  type LearnOptions,
  languageScorer,
  openCsv,
  promptText,
  type ReadCsvOptions,
  type RowRecipe,
  reasonScorer,
  rowRecipe,
  type TableSchema,
  textStates,
} from '@quaestor/tabllm';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { InputError } from '../errors.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { type AskOptions, settleAsking } from './asking.ts';
import { noteWriter } from './note-writer.ts';

export interface LanguageOptions extends Omit<AskOptions, 'target'> {
  readonly target?: string | undefined;
  readonly languageModel?: string | undefined;
  /** Adapter of the hub, from `quaestor train table`. */
  readonly adapter?: string | undefined;
  /** Tables whose rows may be asked about. */
  readonly files: readonly string[];
  readonly csv: ReadCsvOptions;
}

type OpenLanguage = NonNullable<LearnOptions['language']>;
type OpenExpert = NonNullable<LearnOptions['expert']>;
type OpenStates = NonNullable<LearnOptions['states']>;

export interface Language {
  /** For a model that reads rows. */
  readonly open: OpenLanguage;
  /** For one that is asked about columns. */
  readonly expert: OpenExpert;
  /** For one that reads free text. */
  readonly states: OpenStates;
  /** In place of either, a model that has no opinion. */
  readonly none: OpenLanguage;
  /** Files of the adapter that was opened. */
  files(): readonly string[];
  /** Frees the model if it was opened. */
  close(): void;
}

/** Opens the model when it is first needed; where labelled rows make do without it, it may be absent. */
export function prepareLanguage(options: LanguageOptions, terminal: Terminal): Language {
  const chosen = adapterOf(options.adapter);
  if (chosen) recipeOf(chosen); // an adapter for something else is refused before anything is read
  let model: LanguageModel | undefined;
  let adapter: Adapter | undefined;
  const files: string[] = [];
  /** null where the labelled rows have to do. */
  const bring = async (entry: HubEntry | null, labelled: number): Promise<LanguageModel | null> => {
    if (model && entry === null) return model;
    try {
      model = await openBaseModel(options.languageModel ?? entry?.baseModel ?? undefined, terminal);
      if (entry) {
        adapter = mergeStoredAdapter(model, entry);
        files.push(
          ...readdirSync(entry.path)
            .sort()
            .map((name) => join(entry.path, name)),
        );
      }
      return model;
    } catch (error) {
      const wanted = options.languageModel !== undefined || entry !== null;
      if (labelled === 0 || wanted || terminal.signal.aborted) throw error;
      const { en, zh } = reasonOf(error);
      new Progress(terminal).line({
        en: `no language model, the table alone decides: ${en.split('\n')[0]}`,
        zh: `没有语言模型，仅由表格决定：${zh.split('\n')[0]}`,
      });
      return null;
    }
  };
  return {
    files: () => files,
    close: () => {
      adapter?.detach();
      model?.dispose();
    },
    none:
      async ({ classes }) =>
      (rows) =>
        rows.map(() => classes.map(() => 0)),
    expert: async ({ schema, target, classes, labelled }) => {
      const model = await bring(null, labelled);
      if (model === null) return null;
      const { question, words, describe } = settleAsking({ ...options, target }, classes, null);
      const score = reasonScorer({ model, question, words });
      return columnExpert({ describe: describe(schema), score });
    },
    states: async ({ needed }) => {
      const model = await bring(null, needed ? 0 : 1);
      return model && textStates({ model });
    },
    open: async ({ schema, target, classes, labelled, asked }) => {
      const entry = chosen ?? adapterOf(asked?.adapter);
      const model = await bring(entry, labelled);
      if (model === null) return null;
      const wording = { ...options, ...(asked && wordingOf(asked)), target };
      const asking = settleAsking(wording, classes, entry && recipeOf(entry));
      const write = await noteWriter(model, asking, schema, rowsOf(options, schema), terminal);
      return languageScorer({ ...asking, model, write });
    },
  };
}

/** Whether the model is to read rows: an adapter has learned to, and layouts are of rows. */
export function readsRows(options: LanguageOptions): boolean {
  const { adapter, style, serialiser, template } = options;
  return [adapter, style, serialiser, template].some((given) => given !== undefined);
}

/** What is kept with a model, so that it is asked the same again. */
export function askedWith(options: LanguageOptions): Record<string, string> {
  const { question, words, serialiser, template, preset, style, adapter } = options;
  const templateText = template === undefined ? undefined : readFileSync(template, 'utf8');
  const kept = {
    ...{ question, serialiser, templateText, preset, style, adapter },
    words: words && JSON.stringify(words),
  };
  return Object.fromEntries(
    Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The same, read back. */
function wordingOf(asked: Readonly<Record<string, string>>): Partial<LanguageOptions> {
  const { words, ...texts } = asked;
  return { ...texts, ...(words !== undefined && { words: JSON.parse(words) }) };
}

/** The prompt of a row, as the model gets it; of a chat, what the user says. @param sample rows of the table */
export function promptOf(
  schema: TableSchema,
  classes: readonly string[],
  sample: readonly (readonly string[])[],
  options: LanguageOptions & { readonly target: string },
): (cells: readonly string[]) => string {
  const entry = adapterOf(options.adapter);
  const { writer, ...asking } = settleAsking(options, classes, entry && recipeOf(entry));
  const write = writer(schema, sample);
  const tokenizer = { applyChat: ([turn]: readonly { content: string }[]) => turn?.content ?? '' };
  return (cells) => promptText(write(cells), { ...asking, tokenizer });
}

/** The rows of the tables, cells in the schema's order. */
async function* rowsOf(
  { files, csv }: LanguageOptions,
  schema: TableSchema,
): AsyncGenerator<readonly string[]> {
  for (const file of files) {
    const table = await openCsv(file, csv);
    const places = schema.columns.map(({ name }) => table.columns.indexOf(name));
    for await (const rows of table.rows()) {
      for (const { cells } of rows) yield places.map((place) => cells[place] ?? '');
    }
  }
}

function adapterOf(adapter: string | undefined): HubEntry | null {
  return adapter === undefined ? null : openAdapters().get(adapter);
}

/** @throws InputError for an adapter that was trained for something else */
function recipeOf({ name, card }: HubEntry): RowRecipe {
  const parsed = rowRecipe.safeParse(card?.recipe?.rows);
  if (parsed.success) return parsed.data;
  throw new InputError({
    en: `Adapter ${name} does not say how it wants rows in words; train one with quaestor train table.`,
    zh: `适配器 ${name} 没有说明如何用文字表述各行，请用 quaestor train table 训练一个。`,
  });
}
