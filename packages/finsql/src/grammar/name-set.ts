/**
 * Names that may stand at a place, searched by prefix. Names are folded and held byte by byte (one
 * character per byte of UTF-8), as the automaton reads them.
 */
import { isPlain } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';

export interface NameSet {
  /** Whether some name begins with this. @param quoted names that need quotes count, too */
  begins(prefix: string, quoted: boolean): boolean;
  has(name: string, quoted: boolean): boolean;
  /** Up to two names with that beginning. */
  completions(prefix: string, quoted: boolean): readonly string[];
  /** All names, in bytes. */
  readonly names: readonly string[];
}

/** A name as the automaton reads it. */
export function toBytes(name: string): string {
  return Buffer.from(fold(name), 'utf8').toString('latin1');
}

/** Text again; undefined where the bytes are no whole characters. */
export function fromBytes(bytes: string): string | undefined {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? undefined : text;
}

/** Keywords that SQLite takes for names wherever a name fits. */
const SOFT: ReadonlySet<string> = new Set(
  `asc by cast conflict desc end glob like match no offset of key plan query range regexp replace row
  rows temp view current following preceding partition unbounded first last date`.split(/\s+/),
);

/** Whether SQLite reads the name without quotes as one. */
function needsNoQuotes(bytes: string): boolean {
  if (SOFT.has(bytes)) return true;
  const name = fromBytes(bytes);
  return name !== undefined && isPlain(name);
}

/** @param names in bytes */
export function nameSet(names: Iterable<string>): NameSet {
  const all = [...new Set(names)].sort();
  const plain = all.filter(needsNoQuotes);
  const from = (quoted: boolean): readonly string[] => (quoted ? all : plain);
  return {
    names: all,
    begins: (prefix, quoted) => {
      const list = from(quoted);
      return list[firstFrom(list, prefix)]?.startsWith(prefix) ?? false;
    },
    has: (name, quoted) => {
      const list = from(quoted);
      return list[firstFrom(list, name)] === name;
    },
    completions: (prefix, quoted) => {
      const list = from(quoted);
      const at = firstFrom(list, prefix);
      return list.slice(at, at + 2).filter((name) => name.startsWith(prefix));
    },
  };
}

export const NO_NAMES = nameSet([]);

/** Index of the first name that is not less than this one. */
function firstFrom(list: readonly string[], name: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as string) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Several sets as one, without a copy. */
export function anyOf(sets: readonly NameSet[]): NameSet {
  const filled = sets.filter(({ names }) => names.length > 0);
  if (filled.length <= 1) return filled[0] ?? NO_NAMES;
  return {
    get names() {
      return filled.flatMap(({ names }) => names);
    },
    begins: (prefix, quoted) => filled.some((set) => set.begins(prefix, quoted)),
    has: (name, quoted) => filled.some((set) => set.has(name, quoted)),
    completions: (prefix, quoted) => [
      ...new Set(filled.flatMap((set) => set.completions(prefix, quoted))),
    ],
  };
}
