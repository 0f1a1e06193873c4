import { RESERVED } from '../sql/keywords.ts';
import type { Rule } from './rule.ts';
import type { Environment } from './scope.ts';

/** Words that SQLite reads as the beginning of something else where an alias could stand. */
const TAKEN: ReadonlySet<string> = new Set(['indexed', 'filter', 'over', 'window', 'returning']);

const taken = (name: string): boolean => RESERVED.has(name) || TAKEN.has(name);

/** A name that the statement makes up; no keyword, so that it never swallows the next clause. */
export function newName(
  take: (environment: Environment, name: string) => Environment | null,
  longest = 64,
): Rule {
  return {
    kind: 'new-name',
    // A keyword may grow into a name; a name that is refused may not, lest a model that wrote it goes on.
    begins: (environment, prefix) =>
      prefix.length <= longest &&
      (taken(prefix) ? prefix.length < longest : take(environment, prefix) !== null),
    take: (environment, name) => (taken(name) ? null : take(environment, name)),
  };
}
