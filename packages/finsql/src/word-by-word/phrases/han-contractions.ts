/** Two stored words of which the first is said by its beginning alone: 认申购 for 认购 and 申购, 结售汇 for 结汇 and 售汇. */
import type { DatabaseContext } from '../../retrieval/context.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { phraseKey } from '../words/units.ts';

/** The first of them as a phrase of its own; undefined where nothing stored is called so. */
export function contractedValue(
  question: string,
  from: number,
  next: Phrase | undefined,
  known: { readonly names: Dictionary; readonly values: DatabaseContext['values'] },
): Phrase | undefined {
  if (next === undefined || next.from !== from + 1) return undefined;
  const said = question.slice(next.from, next.to);
  if (!/^\p{Script=Han}{2,4}$/u.test(said)) return undefined;
  const text = question.slice(from, from + 1) + said.slice(1);
  const held = next.meanings.filter((one) => one.kind === 'value');
  const isOf = ({ table, column }: { readonly table: string; readonly column: string }) =>
    held.some((one) => one.table === table && one.column === column);
  const named = (known.names.get(phraseKey(text)) ?? []).filter(
    (one) => one.kind === 'value' && isOf(one),
  );
  const stored = known.values
    .holders(text)
    .filter(isOf)
    .map(
      ({ table, column, value }): Meaning => ({ kind: 'value', table, column, value, cost: 0.25 }),
    );
  const meanings = named.length > 0 ? named : stored;
  return meanings.length === 0 ? undefined : { from, to: from + 1, meanings };
}

/** 男女职工, 认申购: the phrases with `and`, or `or`, between two stored words of one column that stand side by side. */
export function joinBeside(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.flatMap((phrase, at): Phrase[] => {
    const before = phrases[at - 1];
    const isHan = /^\p{Script=Han}/u.test(question.slice(phrase.from));
    const isBeside = isHan && before !== undefined && before.to === phrase.from;
    if (!isBeside || !areOfOneColumn(before, phrase)) return [phrase];
    // 认申购 are the one or the other.
    const isContracted = before.to - before.from === 1 && phrase.to - phrase.from > 1;
    const joint: Meaning = { kind: 'word', word: isContracted ? 'or' : 'and', cost: 0 };
    return [{ from: phrase.from, to: phrase.from, meanings: [joint] }, phrase];
  });
}

function areOfOneColumn(one: Phrase, other: Phrase): boolean {
  const isValue = ({ kind }: Meaning) => kind === 'value';
  const isLike = (a: Meaning, b: Meaning) =>
    a.kind === 'value' &&
    b.kind === 'value' &&
    a.table === b.table &&
    a.column === b.column &&
    a.value !== b.value;
  const areValues = one.meanings.every(isValue) && other.meanings.every(isValue);
  return areValues && one.meanings.some((a) => other.meanings.some((b) => isLike(a, b)));
}
