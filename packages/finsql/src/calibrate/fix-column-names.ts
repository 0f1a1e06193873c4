import { nameWords, stem, stems } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import { type Column, findColumn, fold, type Table } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse, resolveHandle, tablesInReach } from '../sql/scopes.ts';
import { selectList } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { closest } from './closest.ts';
import type { Rule } from './rule.ts';

export const fixColumnNames: Rule = {
  name: 'fix-column-names',
  summary:
    'A column that no table of the query has becomes the one whose name is closest; where it is called like a table, the name of that.',
  apply(sql, { schema, question = '' }) {
    const tokens = tokenizeSql(sql);
    const asked = new Set(stems(question));
    const edits: Edit[] = [];
    for (const { scope, at, qualifier } of analyse(tokens, schema).columns) {
      const written = tokens[at]?.value ?? '';
      const reach = tablesInReach(scope);
      if (isKnown(written)) continue;
      const owner =
        qualifier === undefined
          ? undefined
          : resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''));
      if (qualifier === undefined ? reach.some(({ opaque }) => opaque) : owner?.opaque === true)
        continue;
      const tables = owner?.table === undefined ? reach : [owner, ...reach];
      const beside = selectedBeside(tokens, at);
      const candidates = tables.flatMap(({ table, handle }) =>
        (table?.columns ?? []).map((column) => ({ column, handle, table })),
      );
      const free = candidates.filter(({ column }) => !beside.has(fold(column.name)));
      const found =
        nearest(written, free, asked) ??
        candidates.find(({ column, table }) => table && isNameOf(written, column, table));
      if (found === undefined) continue;
      edits.push({ at, text: identifier(found.column.name) });
      if (qualifier !== undefined) edits.push({ at: qualifier, text: identifier(found.handle) });

      function isKnown(name: string): boolean {
        return (
          scope.results.has(fold(name)) ||
          /^(?:rowid|oid|_rowid_)$/i.test(name) ||
          reach.some(({ table }) => table !== undefined && findColumn(table, name) !== undefined)
        );
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};

/** How much farther a name may be that the question has a word of: `bond_rate` is the coupon's. */
const ASKED = 0.2;

function nearest<Candidate extends { readonly column: Column }>(
  written: string,
  candidates: readonly Candidate[],
  asked: ReadonlySet<string>,
): Candidate | undefined {
  const own = new Set(nameWords(written).map(stem));
  const isAsked = ({ column }: Candidate) =>
    nameWords(column.name).some((word) => asked.has(stem(word)) && !own.has(stem(word)));
  const nameOf = ({ column }: Candidate) => fold(column.name);
  const best = closest(fold(written), candidates, nameOf);
  const said = closest(fold(written), candidates.filter(isAsked), nameOf);
  const isSaid = said !== undefined && best !== undefined && said.distance <= best.distance + ASKED;
  return (isSaid ? said : best)?.item;
}

/** Names of the other columns that the select list has, where it has this one. */
function selectedBeside(tokens: readonly SqlToken[], at: number): ReadonlySet<string> {
  const token = tokens[at];
  const items = selectList(tokens)?.items ?? [];
  const own = items.find((item) => token !== undefined && item.includes(token));
  const others = own === undefined ? [] : items.filter((item) => item !== own);
  return new Set(
    others.flatMap((item) => (item.length <= 3 ? fold(item.at(-1)?.value ?? '') : [])),
  );
}

/** Whether a column is the name of what its table lists, `name` or `city_name` of `city`. */
function isNameOf(written: string, column: Column, table: Table): boolean {
  const [name, thing] = [fold(column.name), fold(table.name)];
  return fold(written) === thing && ['name', `${thing}_name`, `${thing}name`].includes(name);
}
