/** What keys hold, which stands both in rows and in those that refer to them: `claims of policy P-10007`. */
import type { Link } from '../../retrieval/context.ts';
import { fold } from '../../schema/schema.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

type Value = Extract<Meaning, { readonly kind: 'value' }>;

/**
 * The phrases, each such value once: of the rows themselves where they, or nothing but columns of theirs, are
 * named, else of those that refer to them.
 */
export function keyValuesOnce(phrases: readonly Phrase[], links: readonly Link[]): Phrase[] {
  const tables = tablesOf(phrases, 'table');
  const ofColumns = tablesOf(phrases, 'column');
  const isMeant = (table: string, by: string) =>
    tables.has(fold(table)) ||
    (ofColumns.has(fold(table)) && !ofColumns.has(fold(by)) && !tables.has(fold(by)));
  return phrases.map((phrase) => {
    const values = phrase.meanings.filter((one) => one.kind === 'value');
    const twice = values.flatMap((own) =>
      values.filter((other) => refersTo(own, other, links)).map((other) => [own, other] as const),
    );
    const dropped = twice.map(([own, other]) => (isMeant(other.table, own.table) ? own : other));
    return { ...phrase, meanings: phrase.meanings.filter((one) => !isAmong(one, dropped)) };
  });
}

/** The tables that are named, or columns of which are. */
function tablesOf(phrases: readonly Phrase[], kind: 'table' | 'column'): ReadonlySet<string> {
  return new Set(
    phrases.flatMap(({ meanings }) =>
      meanings.flatMap((one) => (one.kind === kind ? fold(one.table) : [])),
    ),
  );
}

function refersTo(own: Value, other: Value, links: readonly Link[]): boolean {
  return (
    own.value === other.value &&
    links.some(
      ({ table, column, target, targetColumn }) =>
        table === fold(own.table) &&
        column === fold(own.column) &&
        target === fold(other.table) &&
        fold(targetColumn) === fold(other.column),
    )
  );
}

function isAmong(one: Meaning, dropped: readonly Value[]): boolean {
  return one.kind === 'value' && dropped.includes(one);
}
