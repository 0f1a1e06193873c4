/** Two rows of one table set against each other, as the conditions of a statement tell them apart. */
import { fold } from '../schema/schema.ts';
import { partsAround } from '../sql/conditions.ts';
import { BEHIND_FROM } from '../sql/select-list.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** Words with which a condition of FROM or WHERE begins, and ends. */
const BEGINS = /^(?:on|where)$/;
const ENDS = /^(?:join|left|inner|cross|natural)$/;

/**
 * Whether two handles of one table are asked for by different conditions, as `a.quarter = 1` beside
 * `b.quarter = 2` or `a.quarter = b.quarter - 1`; what is asked of some columns, their figures, is left out.
 * @param handles folded
 * @param left names of the columns that don't count, folded
 */
export function differOtherwise(
  tokens: readonly SqlToken[],
  handles: readonly [string, string],
  left: ReadonlySet<string>,
): boolean {
  const [own, others] = [new Set<string>(), new Set<string>()];
  const shared = new Set<string>();
  for (const part of conditionsOf(tokens)) {
    const columns = handles.map((handle) => columnsOf(part, handle));
    const [here = [], there = []] = columns;
    if ([...here, ...there].some((column) => left.has(column))) continue;
    if (here.length > 0 && there.length > 0) {
      const [column = ''] = here;
      if (!isLink(part) || column !== there[0]) return true;
      shared.add(column);
    } else if (here.length > 0) own.add(withoutHandles(part));
    else if (there.length > 0) others.add(withoutHandles(part));
  }
  // What is asked of one of them holds for the other where both are the same in it.
  const isAlone = (condition: string, beside: ReadonlySet<string>) =>
    !beside.has(condition) && !shared.has(condition.split(' ')[0] ?? '');
  return (
    [...own].some((one) => isAlone(one, others)) || [...others].some((one) => isAlone(one, own))
  );
}

/** The conditions of a statement's FROM and WHERE, each for itself. */
function conditionsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || !BEGINS.test(fold(token.text))) return [];
    const end = tokens.findIndex(({ kind, text }, index) => {
      const word = kind === 'word' ? fold(text) : '';
      return index > at && (BEGINS.test(word) || ENDS.test(word) || BEHIND_FROM.test(word));
    });
    return partsAround(tokens.slice(at + 1, end < 0 ? undefined : end), 'and');
  });
}

/** The columns that a condition names behind a handle, folded. */
function columnsOf(part: readonly SqlToken[], handle: string): string[] {
  return part.flatMap(({ value }, at) =>
    part[at + 1]?.text === '.' && fold(value) === handle ? [fold(part[at + 2]?.value ?? '')] : [],
  );
}

/** `a.x = b.y` and nothing more. */
function isLink(part: readonly SqlToken[]): boolean {
  return part.length === 7 && /^={1,2}$/.test(part[3]?.text ?? '');
}

function withoutHandles(part: readonly SqlToken[]): string {
  const bare = part.filter(({ text }, at) => text !== '.' && part[at + 1]?.text !== '.');
  return bare.map(({ kind, text }) => (kind === 'word' ? fold(text) : text)).join(' ');
}
