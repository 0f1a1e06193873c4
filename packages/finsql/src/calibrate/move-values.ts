import { identifier } from '../schema/identifiers.ts';
import { findColumn, findTable, fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { tablesInReach } from '../sql/scopes.ts';
import { selectList } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { MovedText } from '../wording/messages.ts';
import { type Comparison, textComparisons } from './compared-texts.ts';
import { joinMissingTable } from './join-missing-table.ts';
import { namesOnly } from './named-columns.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const moveValues: Rule = {
  name: 'move-values',
  summary:
    'A text that its column does not hold is asked of the one column that does, unless the question names that column: of the tables in the query, or of one that a key leads to.',
  when: 'empty',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { at, comparison, holder } of movesIn(tokens, context)) {
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

/** What the rule does to a statement: each text, and the columns that it is asked of in turn. */
export function movedTexts(sql: string, context: CalibrationContext): MovedText[] {
  const tokens = tokenizeSql(sql);
  return movesIn(tokens, context).map(({ comparison: { owner, column }, holder }) => ({
    text: holder.value,
    from: `${owner.name}.${column}`,
    to: `${holder.table}.${holder.column}`,
  }));
}

/** A text that is asked of another column. */
interface Move {
  /** Index of the text. */
  readonly at: number;
  readonly comparison: Comparison;
  readonly holder: Holder;
}

function movesIn(tokens: readonly SqlToken[], context: CalibrationContext): Move[] {
  return textComparisons(tokens, context.schema).flatMap((comparison) => {
    const [at, ...others] = comparison.texts;
    // Of a list, some may be stored here and the rest nowhere.
    if (at === undefined || others.length > 0) return [];
    const holder = soleHolder(context, comparison, tokens[at]?.value ?? '');
    if (holder === undefined || isMeant(tokens, comparison, holder, context)) return [];
    return [{ at, comparison, holder }];
  });
}

/** Whether the question names the column that the text is asked of: it then has no such row. */
function isMeant(
  tokens: readonly SqlToken[],
  { owner, column }: Comparison,
  { table, column: held, value }: Holder,
  { schema, question = '' }: CalibrationContext,
): boolean {
  const one = findColumn(owner, column);
  const other = findTable(schema, table);
  const holding = other && findColumn(other, held);
  if (one === undefined || other === undefined || holding === undefined) return false;
  // A column that is listed is named for that.
  const isListed = selectList(tokens)?.items.some(
    (item) => fold(item.at(-1)?.value ?? '') === fold(column),
  );
  if (isListed) return false;
  const around = fold(question).replaceAll(fold(value), ' ');
  return namesOnly(around, { table: owner, column: one }, { table: other, column: holding });
}

interface Holder {
  /** Alias or name of the table in the query, or the name of a table that is to join. */
  readonly handle: string;
  readonly table: string;
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
      .map((place) => ({ ...place, handle })),
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
  return { ...place, handle: place.table };
}
