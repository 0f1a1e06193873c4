/**
 * Tokens a second of one lone stream of SQL: token by token, with drafts looked up in what is known,
 * and held to the grammar. Reading the prompt is not counted: the clock runs from the first token on.
 */
import {
  type Completion,
  type DatabaseContext,
  DRAFT_TOKENS,
  type Prompt,
  secondPrompt,
  sqlGrammar,
  statementOf,
} from '@quaestor/finsql';
import { generate, type LanguageModel, textFilter } from '@quaestor/peft';

const MOST_TOKENS = 160;

export interface AskedPrompt {
  readonly context: DatabaseContext;
  readonly prompt: Prompt;
}

export interface WritingSpeed {
  readonly mode: string;
  readonly statements: number;
  /** Written after the first of each statement. */
  readonly tokens: number;
  readonly tokensPerSecond: number;
  /** To the mode that writes the same prompts token by token, held to the grammar or not as this one. */
  readonly ratio: number;
  /** Statements that are the same, letter by letter, as in that mode. */
  readonly same: number;
}

interface Mode {
  readonly name: string;
  readonly lookup: number;
  readonly grammar: boolean;
  /** What was written to the first prompt is known to the second. */
  readonly likely: boolean;
}

const FIRST: readonly Mode[] = [
  { name: 'token by token', lookup: 0, grammar: false, likely: false },
  { name: 'looked up', lookup: DRAFT_TOKENS, grammar: false, likely: false },
  { name: 'grammar, token by token', lookup: 0, grammar: true, likely: false },
  { name: 'grammar, looked up', lookup: DRAFT_TOKENS, grammar: true, likely: false },
];
const SECOND: readonly Mode[] = [
  { name: 'second draft, token by token', lookup: 0, grammar: false, likely: false },
  {
    name: 'second draft, looked up in the prompt',
    lookup: DRAFT_TOKENS,
    grammar: false,
    likely: false,
  },
  {
    name: 'second draft, looked up in the first',
    lookup: DRAFT_TOKENS,
    grammar: false,
    likely: true,
  },
];

interface Written {
  readonly completion: Completion;
  readonly tokens: number;
  readonly milliseconds: number;
}

/** Every mode on every prompt, one prompt after the other, so that a busy machine is busy for all. */
export async function speedOfDrafts(
  model: LanguageModel,
  asked: readonly AskedPrompt[],
  onPrompt: (done: number) => void,
  signal: AbortSignal,
): Promise<readonly WritingSpeed[]> {
  const { tokenizer } = model;
  if (tokenizer === null) throw new TypeError(`${model.name} has no tokenizer.`);
  const written = new Map<string, Written[]>();
  const write = async (
    context: DatabaseContext,
    text: string,
    { name, lookup, grammar, likely }: Mode,
    first: string,
  ): Promise<Written> => {
    let began = 0;
    const stream = generate(model, [tokenizer.encode(text)], {
      maxTokens: MOST_TOKENS,
      stop: ['\n'],
      lookup,
      ...(likely && { likely: [tokenizer.encode(first)] }),
      ...(grammar && { filters: [textFilter(tokenizer, sqlGrammar(context.schema))] }),
      onToken: () => {
        if (began === 0) began = performance.now();
      },
      signal,
    });
    for await (const { ids, ...rest } of stream) {
      const milliseconds = began === 0 ? 0 : performance.now() - began;
      const completion = { ...rest, tokens: ids.length };
      const one = { completion, tokens: Math.max(0, ids.length - 1), milliseconds };
      written.set(name, [...(written.get(name) ?? []), one]);
      return one;
    }
    throw new Error('Nothing was written.');
  };
  for (const [done, { context, prompt }] of asked.entries()) {
    onPrompt(done);
    const drafts: Completion[] = [];
    for (const mode of FIRST) {
      drafts.push((await write(context, prompt.text, mode, '')).completion);
    }
    signal.throwIfAborted();
    const [first] = drafts as [Completion];
    const countTokens = (text: string) => tokenizer.encode(text).length;
    const second = secondPrompt(context, prompt, statementOf(first), { countTokens });
    if (second === undefined) continue;
    for (const mode of SECOND) await write(context, second.text, mode, first.text);
    signal.throwIfAborted();
  }
  return [FIRST, SECOND].flatMap((modes) =>
    modes.map((mode) => speedOf(mode, plainOf(mode, modes), written)),
  );
}

function plainOf({ grammar }: Mode, modes: readonly Mode[]): Mode | undefined {
  return modes.find((mode) => mode.lookup === 0 && mode.grammar === grammar);
}

function speedOf(
  { name }: Mode,
  plain: Mode | undefined,
  written: ReadonlyMap<string, readonly Written[]>,
): WritingSpeed {
  const all = written.get(name) ?? [];
  const before = written.get(plain?.name ?? '') ?? [];
  const speed = (some: readonly Written[]) =>
    (1000 * sum(some, ({ tokens }) => tokens)) /
    Math.max(
      1e-6,
      sum(some, ({ milliseconds }) => milliseconds),
    );
  return {
    mode: name,
    statements: all.length,
    tokens: sum(all, ({ tokens }) => tokens),
    tokensPerSecond: speed(all),
    ratio: speed(all) / speed(before),
    same: all.filter(({ completion }, i) => completion.text === before[i]?.completion.text).length,
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
