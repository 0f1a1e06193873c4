/**
 * SQLite's lexemes byte by byte, with the grammar behind them: which bytes may follow depends on the
 * lexemes that the grammar expects. As in SQLite, the longest lexeme wins.
 */
import type { TextAutomaton } from '@quaestor/peft';
import type { Schema } from '../schema/schema.ts';
import { fromBytes, type NameSet } from './name-set.ts';
import { type Config, type Expected, expand, type Thread } from './rule.ts';
import { schemaNames } from './schema-names.ts';
import { emptyEnvironment } from './scope.ts';
import { statement } from './select.ts';

/** Where the automaton stands in the text. */
export type SqlState =
  | { readonly kind: 'between'; readonly last: string; readonly expected: () => Expected }
  | { readonly kind: 'word'; readonly text: string; readonly threads: readonly Thread[] }
  | { readonly kind: 'symbol'; readonly text: string; readonly threads: readonly Thread[] }
  | {
      readonly kind: 'quoted';
      readonly mark: string;
      readonly text: string;
      /** The mark was read once more: the name ends here unless it is doubled. */
      readonly closed: boolean;
      readonly threads: readonly Thread[];
    }
  | {
      readonly kind: 'text';
      readonly closed: boolean;
      /** Bytes that are missing to a whole character. */
      readonly missing: number;
      readonly threads: readonly Thread[];
    }
  | {
      readonly kind: 'number';
      readonly part: 'integer' | 'fraction' | 'exponent';
      /** What has to follow: a digit, or a sign and then one. */
      readonly open: 'sign' | 'digit' | null;
      readonly threads: readonly Thread[];
    }
  | { readonly kind: 'ended' };

type Between = Extract<SqlState, { kind: 'between' }>;

const WORD_START = /[A-Za-z_\x80-\xff]/;
const WORD_PART = /[A-Za-z0-9_$\x80-\xff]/;
const DIGIT = /[0-9]/;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']' };
const ENDED: SqlState = { kind: 'ended' };

const grammars = new WeakMap<Schema, TextAutomaton<SqlState>>();

/** The automaton of a schema, made once. */
export function sqlGrammar(schema: Schema): TextAutomaton<SqlState> {
  const known = grammars.get(schema);
  if (known) return known;
  const made = sqlAutomaton(schema);
  grammars.set(schema, made);
  return made;
}

/**
 * The statements over a schema that SQLite can prepare: its grammar of SELECT, tables and columns that
 * exist, functions that exist. A line break or `;` ends a statement.
 */
export function sqlAutomaton(schema: Schema): TextAutomaton<SqlState> {
  const environment = emptyEnvironment(schemaNames(schema));
  const first = between([{ stack: { rule: statement, rest: null }, environment }], '');
  return {
    start: () => first,
    step,
    complete: (state) => state.kind === 'ended' || (finish(state)?.expected().complete ?? false),
    forced,
  };
}

function between(configs: readonly Config[], last: string): Between {
  let known: Expected | undefined;
  return {
    kind: 'between',
    last,
    expected: () => {
      known ??= expand(configs);
      return known;
    },
  };
}

function step(state: SqlState, byte: number): SqlState | null {
  const character = String.fromCharCode(byte);
  const extended = extend(state, character);
  if (extended !== undefined) return extended;
  const finished = finish(state);
  return finished && begin(finished, character);
}

/** Goes on with a lexeme; undefined when the character is not part of it. */
function extend(state: SqlState, character: string): SqlState | null | undefined {
  switch (state.kind) {
    case 'word':
      if (!WORD_PART.test(character)) return undefined;
      return asWord(state.threads, state.text + lower(character));
    case 'symbol': {
      const text = state.text + character;
      const threads = state.threads.filter(
        ({ terminal }) => 'text' in terminal && terminal.text.startsWith(text),
      );
      return threads.length > 0 ? { kind: 'symbol', text, threads } : undefined;
    }
    case 'quoted': {
      const closing = CLOSING[state.mark];
      if (state.closed) {
        if (character !== closing || closing === ']') return undefined;
        return asQuoted({ ...state, closed: false }, closing);
      }
      return character === closing ? closeQuoted(state) : asQuoted(state, lower(character));
    }
    case 'text':
      return extendText(state, character);
    case 'number':
      return extendNumber(state, character);
    default:
      return undefined;
  }
}

function asWord(from: readonly Thread[], text: string): SqlState | null {
  const threads = from.filter(({ terminal, names, environment }) => {
    switch (terminal.kind) {
      case 'word':
        return terminal.text.startsWith(text);
      case 'name':
        return names?.begins(text, false);
      case 'new-name':
        return terminal.begins(environment, text);
      default:
        return false;
    }
  });
  return threads.length > 0 ? { kind: 'word', text, threads } : null;
}

function asQuoted(
  state: Extract<SqlState, { kind: 'quoted' }>,
  character: string,
): SqlState | null {
  const text = state.text + character;
  if (character < ' ') return null;
  const threads = state.threads.filter(({ terminal, names, environment }) =>
    terminal.kind === 'new-name' ? terminal.begins(environment, text) : names?.begins(text, true),
  );
  return threads.length > 0 ? { ...state, text, threads } : null;
}

/** The name may end here, or the mark be doubled. */
function closeQuoted(state: Extract<SqlState, { kind: 'quoted' }>): SqlState | null {
  const { text, mark } = state;
  const threads = state.threads.filter(
    ({ terminal, names }) =>
      (terminal.kind === 'new-name' && text !== '') ||
      names?.has(text, true) ||
      (mark !== '[' && names?.begins(text + mark, true)),
  );
  return threads.length > 0 ? { ...state, closed: true, threads } : null;
}

function extendText(
  state: Extract<SqlState, { kind: 'text' }>,
  character: string,
): SqlState | null | undefined {
  if (state.closed) return character === "'" ? { ...state, closed: false } : undefined;
  const byte = character.charCodeAt(0);
  if (state.missing > 0) {
    return byte >= 0x80 && byte < 0xc0 ? { ...state, missing: state.missing - 1 } : null;
  }
  if (character === "'") return { ...state, closed: true };
  if (byte < 0x20 || (byte >= 0x80 && byte < 0xc2) || byte > 0xf4) return null;
  const missing = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  return missing === 0 ? state : { ...state, missing };
}

function extendNumber(
  state: Extract<SqlState, { kind: 'number' }>,
  character: string,
): SqlState | null | undefined {
  const { part, open, threads } = state;
  if (DIGIT.test(character)) return open === null ? state : { ...state, open: null };
  if (open === 'sign' && '+-'.includes(character)) return { ...state, open: 'digit' };
  if (open !== null) return null;
  const broken = threads.filter(({ terminal }) => terminal.kind === 'number');
  if (character === '.' && part === 'integer' && broken.length > 0) {
    return { kind: 'number', part: 'fraction', open: null, threads: broken };
  }
  if (lower(character) === 'e' && part !== 'exponent' && broken.length > 0) {
    return { kind: 'number', part: 'exponent', open: 'sign', threads: broken };
  }
  return WORD_PART.test(character) || character === '.' ? null : undefined;
}

/** The first character of a lexeme, or what stands between two. */
function begin(state: Between, character: string): SqlState | null {
  const { threads, complete } = state.expected();
  if (character === ' ' || character === '\t') return { ...state, last: ' ' };
  if (character === '\n' || character === ';') return complete ? ENDED : null;
  if (WORD_START.test(character)) return asWord(threads, lower(character));
  const of = (...kinds: readonly Thread['terminal']['kind'][]): readonly Thread[] =>
    threads.filter(({ terminal }) => kinds.includes(terminal.kind));
  if (character in CLOSING) {
    const named = of('name', 'new-name');
    return named.length > 0
      ? { kind: 'quoted', mark: character, text: '', closed: false, threads: named }
      : null;
  }
  if (character === "'") {
    const texts = of('text');
    return texts.length > 0 ? { kind: 'text', closed: false, missing: 0, threads: texts } : null;
  }
  if (DIGIT.test(character)) {
    const numbers = of('number', 'integer');
    return numbers.length > 0
      ? { kind: 'number', part: 'integer', open: null, threads: numbers }
      : null;
  }
  // `--` would begin a comment.
  if (character === '-' && state.last === '-') return null;
  const symbols = of('symbol').filter(
    ({ terminal }) => 'text' in terminal && terminal.text.startsWith(character),
  );
  return symbols.length > 0 ? { kind: 'symbol', text: character, threads: symbols } : null;
}

const finished = new WeakMap<SqlState, Between | null>();

/** The state after the lexeme that ends here; null where it may not end. */
function finish(state: SqlState): Between | null {
  if (state.kind === 'between') return state;
  if (state.kind === 'ended') return null;
  let next = finished.get(state);
  if (next === undefined) {
    next = afterLexeme(state);
    finished.set(state, next);
  }
  return next;
}

function afterLexeme(state: Exclude<SqlState, { kind: 'between' | 'ended' }>): Between | null {
  const configs = state.threads.flatMap((thread): Config[] => {
    const environment = taken(thread, state);
    return environment === null ? [] : [{ stack: thread.rest, environment }];
  });
  if (configs.length === 0) return null;
  const next = between(configs, state.kind === 'symbol' ? state.text : state.kind);
  const { threads, complete } = next.expected();
  return threads.length > 0 || complete ? next : null;
}

/** What is known after a thread took the lexeme; null where it does not fit. */
function taken(
  { terminal, names, environment }: Thread,
  state: Exclude<SqlState, { kind: 'between' | 'ended' }>,
): Thread['environment'] | null {
  switch (state.kind) {
    case 'word':
    case 'quoted': {
      const quoted = state.kind === 'quoted';
      if (quoted && (!state.closed || state.text === '')) return null;
      if (terminal.kind === 'name') {
        return names?.has(state.text, quoted) ? terminal.take(environment, state.text) : null;
      }
      if (terminal.kind === 'new-name') return terminal.take(environment, state.text);
      return 'text' in terminal && terminal.text === state.text ? environment : null;
    }
    case 'symbol':
      return 'text' in terminal && terminal.text === state.text ? environment : null;
    case 'text':
      return state.closed ? environment : null;
    case 'number':
      return state.open === null ? environment : null;
  }
}

/** The rest of the only word that fits and the words that must follow it. */
function forced(state: SqlState): string {
  if (state.kind === 'word') {
    const whole = onlyWord(state.threads, state.text, false);
    if (whole === undefined) return '';
    const after = finish(asWord(state.threads, whole) ?? ENDED);
    const missing = fromBytes(whole.slice(state.text.length));
    return missing === undefined ? '' : missing + (after === null ? '' : forced(after));
  }
  if (state.kind === 'quoted' && !state.closed) {
    const whole = onlyWord(state.threads, state.text, true) ?? state.text;
    return fromBytes(whole.slice(state.text.length)) ?? '';
  }
  if (state.kind !== 'between') return '';
  const { threads, complete } = state.expected();
  if (complete || threads.some(({ terminal }) => terminal.kind !== 'word')) return '';
  const next = onlyWord(threads, '', false);
  if (next === undefined) return '';
  const text = ['word', 'number', 'text', 'quoted', ')'].includes(state.last) ? ` ${next}` : next;
  const after = asWord(threads, next);
  return after === null ? '' : text + forced(after);
}

/** The only word with that beginning, itself included; undefined where there are none or several. */
function onlyWord(threads: readonly Thread[], begun: string, quoted: boolean): string | undefined {
  const found = new Set<string>();
  for (const { terminal, names } of threads) {
    if (terminal.kind === 'new-name') return undefined;
    for (const text of wordsOf(terminal, names, begun, quoted)) found.add(text);
    if (found.size > 1) return undefined;
  }
  return [...found][0];
}

function wordsOf(
  terminal: Thread['terminal'],
  names: NameSet | null,
  begun: string,
  quoted: boolean,
): readonly string[] {
  if (terminal.kind === 'name') return names?.completions(begun, quoted) ?? [];
  return 'text' in terminal ? [terminal.text] : [];
}

function lower(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}
