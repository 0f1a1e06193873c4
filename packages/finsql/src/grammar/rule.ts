/**
 * Grammars as data: rules over lexemes, read top down by several threads at once. A thread is a
 * terminal that may come next, what follows it, and what is known of the statement so far.
 */
import type { NameSet } from './name-set.ts';
import type { Environment } from './scope.ts';

type Change = (environment: Environment) => Environment | null;

export type Terminal =
  | { readonly kind: 'word' | 'symbol'; readonly text: string }
  | { readonly kind: 'number' | 'integer' | 'text' }
  | {
      /** One of known names. */
      readonly kind: 'name';
      readonly among: (environment: Environment) => NameSet;
      readonly take: (environment: Environment, name: string) => Environment | null;
    }
  | {
      /** A name that the statement makes up. */
      readonly kind: 'new-name';
      /** Whether a name may begin with this. */
      readonly begins: (environment: Environment, prefix: string) => boolean;
      readonly take: (environment: Environment, name: string) => Environment | null;
    };

export type Rule =
  | Terminal
  | { readonly kind: 'sequence'; readonly parts: readonly Rule[] }
  | { readonly kind: 'choice'; readonly options: readonly Rule[] }
  | { readonly kind: 'later'; readonly rule: () => Rule }
  | { readonly kind: 'change'; readonly change: Change };

/** The rest of a thread, first part first. */
export interface Stack {
  readonly rule: Rule;
  readonly rest: Stack | null;
}

export interface Thread {
  readonly terminal: Terminal;
  /** The names of a 'name' terminal. */
  readonly names: NameSet | null;
  readonly rest: Stack | null;
  readonly environment: Environment;
}

export interface Expected {
  readonly threads: readonly Thread[];
  /** Whether some thread is at its end. */
  readonly complete: boolean;
}

const NOTHING: Rule = { kind: 'sequence', parts: [] };

export const word = (text: string): Rule => ({ kind: 'word', text });
/** Keywords one after the other: `words('group by')`. */
export const words = (text: string): Rule => sequence(...text.split(' ').map(word));
export const symbol = (text: string): Rule => ({ kind: 'symbol', text });
export const sequence = (...parts: readonly Rule[]): Rule => ({ kind: 'sequence', parts });
export const choice = (...options: readonly Rule[]): Rule => ({ kind: 'choice', options });
export const optional = (...parts: readonly Rule[]): Rule => choice(sequence(...parts), NOTHING);
export const later = (rule: () => Rule): Rule => ({ kind: 'later', rule });
export const change = (apply: Change): Rule => ({ kind: 'change', change: apply });
/** Any number of times, also none. The rule must not be empty. */
export function many(...parts: readonly Rule[]): Rule {
  const repeated: Rule = choice(
    sequence(
      ...parts,
      later(() => repeated),
    ),
    NOTHING,
  );
  return repeated;
}

/** One or more, with something between. */
export function list(item: Rule, separator: Rule = symbol(',')): Rule {
  return sequence(item, many(separator, item));
}

export interface Config {
  readonly stack: Stack | null;
  readonly environment: Environment;
}

/** What may come next. */
export function expand(configs: readonly Config[]): Expected {
  const threads: Thread[] = [];
  let complete = false;
  const follow = (start: Stack | null, given: Environment): void => {
    let stack = start;
    let environment = given;
    while (stack !== null) {
      const { rule, rest }: Stack = stack;
      switch (rule.kind) {
        case 'sequence':
          stack = rule.parts.reduceRight<Stack | null>(
            (after, part) => ({ rule: part, rest: after }),
            rest,
          );
          break;
        case 'later':
          stack = { rule: rule.rule(), rest };
          break;
        case 'choice':
          for (const option of rule.options) follow({ rule: option, rest }, environment);
          return;
        case 'change': {
          const changed = rule.change(environment);
          if (changed === null) return;
          environment = changed;
          stack = rest;
          break;
        }
        default: {
          const names = rule.kind === 'name' ? rule.among(environment) : null;
          if (names === null || names.names.length > 0) {
            threads.push({ terminal: rule, names, rest, environment });
          }
          return;
        }
      }
    }
    complete = true;
  };
  for (const { stack, environment } of configs) follow(stack, environment);
  return { threads, complete };
}
