import { identifier } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { tablesInReach } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type Comparison, textComparisons } from './compared-texts.ts';
import { joinMissingTable } from './join-missing-table.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const moveValues: Rule = {
  name: 'move-values',
  summary:
    'A text that its column does not hold is asked of the one column that does: of the tables in the query, or of one that a key leads to.',
  when: 'empty',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const comparison of textComparisons(tokens, context.schema)) {
      const [at, ...others] = comparison.texts;
      // Of a list, some may be stored here and the rest nowhere.
      if (at === undefined || others.length > 0) continue;
      const holder = soleHolder(context, comparison, tokens[at]?.value ?? '');
      if (holder === undefined) continue;
      const { at: column, qualifier } = comparison.reference;
      const [handle, name] = [identifier(holder.handle), identifier(holder.column)];
      if (qualifier !== undefined) edits.push({ at: qualifier, text: handle });
      edits.push(
        { at: column, text: qualifier === undefined ? `${handle}.${name}` : name },
        { at, text: textLiteral(holder.value) },
      );
    }
    return edits.length === 0
      ? sql
      : joinMissingTable.apply(applyEdits(sql, tokens, edits), context);
  },
};

interface Holder {
  /** Alias or name of the table in the query, or the name of a table that is to join. */
  readonly handle: string;
  readonly column: string;
  readonly value: string;
}

function sameTable([first, ...others]: readonly Holder[]): boolean {
  return others.every(({ handle }) => handle === first?.handle);
}

/** Undefined when the column itself holds the text, or no other one, or those of several tables. */
function soleHolder(
  { values, links }: CalibrationContext,
  { reference, owner, column }: Comparison,
  text: string,
): Holder | undefined {
  const places = values.holders(text);
  const own = places.some(
    (place) => fold(place.table) === fold(owner.name) && fold(place.column) === fold(column),
  );
  if (own) return undefined;
  const reach = tablesInReach(reference.scope);
  const inQuery = reach.flatMap(({ table, handle }) =>
    places
      .filter((place) => table !== undefined && fold(place.table) === fold(table.name))
      .map(({ column: held, value }) => ({ handle, column: held, value })),
  );
  // The columns of one table may hold it as two of its names, `Aruba` in English and as it calls itself.
  if (inQuery.length > 0) return sameTable(inQuery) ? inQuery[0] : undefined;
  const named = new Set(reach.map(({ table }) => fold(table?.name ?? '')));
  const [place, ...others] = places.filter(({ table }) =>
    links.some(
      (link) =>
        (link.table === fold(table) && named.has(link.target)) ||
        (link.target === fold(table) && named.has(link.table)),
    ),
  );
  if (place === undefined || others.length > 0) return undefined;
  return { handle: place.table, column: place.column, value: place.value };
}
