/** Question + database → the text that the language model continues, with what went into it. */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import { type Retrieval, retrieve } from '../retrieval/retrieve.ts';
import { type PromptContent, renderPrompt, type ShownExemplar } from './render.ts';
import { selectSchema } from './select.ts';

export interface PromptOptions {
  /**
   * Tokens of the whole prompt; 180 of them are left to the schema however long the rest is. Default 280; 450
   * where few questions about the database are known, since the prompt tells what its columns hold there.
   */
  readonly budget?: number | undefined;
  /** Length of a text in tokens. Default: 3.2 characters a token, rounded up. */
  readonly countTokens?: (text: string) => number;
  /** Most tables when the schema doesn't fit. Default 5. */
  readonly maxTables?: number;
  /** Exemplars that must not be used. */
  readonly skip?: (item: TextToSqlItem, index: number) => boolean;
  /** Whether values that the question nearly spells count and are shown. Default false. */
  readonly nearValues?: boolean;
  /** False: neither votes nor exemplar. Default true. */
  readonly exemplars?: boolean;
  /** False: no comments beside names. Default true. */
  readonly notes?: boolean;
  /** `table` and `table.column`, folded, that must be shown. */
  readonly required?: ReadonlySet<string>;
  /** Order of the tables in the text. Default: best first. */
  readonly order?: <Item>(items: readonly Item[]) => readonly Item[];
}

export interface Prompt {
  readonly text: string;
  readonly tokens: number;
  readonly content: PromptContent;
  readonly retrieval: Retrieval;
  /** Tokens that it was to have at most; a long question leaves the schema its least part all the same. */
  readonly budget: number;
  /** Tables, and columns of shown tables, that the budget left out. */
  readonly omitted: readonly string[];
  /** Keys between shown tables that are not stated, `a.x = b.y`. */
  readonly omittedKeys: readonly string[];
  /** Values that the question mentions and that are not shown with any column. */
  readonly omittedValues: readonly string[];
}

const BUDGET = 280;
const BUDGET_WHERE_NEW = 450;
const SCHEMA_FLOOR = 180;
/** An exemplar less similar than this says nothing about the question. */
const LEAST_SIMILARITY = 0.1;

/** About 3.2 characters a token: what a byte-level BPE of 49k tokens makes of schemas and SQL. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3.2);
}

/** Retrieves and renders; pure, given the prepared database. */
export function buildPrompt(
  context: DatabaseContext,
  question: string,
  options: PromptOptions = {},
): Prompt {
  return composePrompt(context, retrieve(context, question, options), options);
}

/** Renders what was retrieved within the budget. */
export function composePrompt(
  context: DatabaseContext,
  retrieval: Retrieval,
  options: PromptOptions = {},
): Prompt {
  const countTokens = options.countTokens ?? estimateTokens;
  const { question } = retrieval;
  const exemplar = chooseExemplar(context, retrieval);
  const isNew = options.exemplars === false || !isFamiliar(context);
  const budget = options.budget ?? (isNew ? BUDGET_WHERE_NEW : BUDGET);
  const around = countTokens(renderPrompt({ tables: [], keys: [], exemplar, question }));
  const selection = selectSchema(context, retrieval, {
    budget: Math.max(SCHEMA_FLOOR, budget - around),
    maxTables: options.maxTables ?? 5,
    countTokens,
    notes: options.notes ?? true,
    legends: isNew && (options.notes ?? true),
    ...(options.required === undefined ? {} : { required: options.required }),
  });
  const content: PromptContent = {
    tables: options.order?.(selection.tables) ?? selection.tables,
    keys: selection.keys,
    exemplar,
    question,
  };
  const text = renderPrompt(content);
  return {
    text,
    tokens: countTokens(text),
    budget,
    content,
    retrieval,
    omitted: selection.omitted,
    omittedKeys: selection.omittedKeys,
    omittedValues: valuesNotShown(retrieval, content),
  };
}

function valuesNotShown(retrieval: Retrieval, { tables }: PromptContent): string[] {
  const shown = new Set(tables.flatMap(({ columns }) => columns.flatMap(({ values }) => values)));
  const mentioned = new Set(retrieval.values.map(({ value }) => value));
  return [...mentioned].filter((value) => !shown.has(value));
}

function chooseExemplar(context: DatabaseContext, retrieval: Retrieval): ShownExemplar | undefined {
  const nearest = retrieval.neighbours[0];
  if (nearest === undefined || nearest.similarity < LEAST_SIMILARITY) return undefined;
  return { question: nearest.item.question, sql: context.known(nearest.item).sql };
}
