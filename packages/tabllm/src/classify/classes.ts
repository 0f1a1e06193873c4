/** Label cells → classes. */
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';

export interface Classes {
  /** In the order of `compareClasses`. Class i is names[i]. */
  readonly names: readonly string[];
  readonly labels: Int32Array;
}

export const MOST_CLASSES = 50;

/** What else is to be said where the labels are too few, or too many: sentences that follow. */
export interface ClassHints {
  readonly few?: Translated | null;
  readonly many?: Translated | null;
}

/**
 * @throws TabLlmError 'bad-data' with one class only, or with so many that the column is a quantity
 */
export function classesOf(
  target: string,
  cells: readonly string[],
  { few, many }: ClassHints = {},
): Classes {
  const names = [...new Set(cells)].sort(compareClasses);
  if (names.length < 2) {
    const [only] = names;
    const found =
      only === undefined
        ? { en: 'no labels', zh: '没有标签' }
        : { en: `the label ${only} only`, zh: `只有标签“${only}”` };
    throw new TabLlmError(
      'bad-data',
      hinted(
        {
          en: `Column ${target} has ${found.en}; rows of at least two classes are needed. Label some of each.`,
          zh: `列“${target}”${found.zh}，至少需要两个类别的行。请为每个类别都标注一些行。`,
        },
        few,
      ),
    );
  }
  if (names.length > MOST_CLASSES) {
    throw new TabLlmError(
      'bad-data',
      hinted(
        {
          en: `Column ${target} has ${names.length} different labels; at most ${MOST_CLASSES} classes can be told apart. Is it a quantity or an identifier?`,
          zh: `列“${target}”有 ${names.length} 个不同的标签，最多只能区分 ${MOST_CLASSES} 个类别。它是数量还是编号？`,
        },
        many,
      ),
    );
  }
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, labels: Int32Array.from(cells, (cell) => places.get(cell) as number) };
}

function hinted({ en, zh }: Translated, hint: Translated | null | undefined): Translated {
  return hint ? { en: `${en} ${hint.en}`, zh: zh + hint.zh } : { en, zh };
}

/** Names that are most likely one, together: they differ in case, blanks, code points or zeros only. */
export function alikeNames(names: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = folded(name);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The place of a label's class: of its own name or, where there is one only, of one that differs in writing; −1: none. */
export function placeOfClass(classes: readonly string[], label: string): number {
  const place = classes.indexOf(label);
  if (place >= 0) return place;
  const alike = classes.filter((name) => alikeNames([name, label]).length > 0);
  return alike.length === 1 ? classes.indexOf(alike[0] as string) : -1;
}

const DECIMAL = /^[+-]?\d+(?:\.\d*)?$/;

function folded(name: string): string {
  const bare = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
  // Long identifiers are more digits than a number keeps.
  return DECIMAL.test(bare) && bare.length <= 15 ? String(Number(bare)) : bare;
}

/** The order of classes: numbers by size, then words by letters. */
export function compareClasses(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  if (x !== y && !Number.isNaN(x)) return x < y ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
