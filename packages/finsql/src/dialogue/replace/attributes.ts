/** What a question asks for, replaced by another column: revenue → net profit. */
import { sqlReferences } from '../../sql/references.ts';
import type { Earlier } from '../follow-up.ts';
import {
  columnsNamed,
  locate,
  namesOfColumn,
  replaceSpan,
  type Span,
  tableOf,
  type Vocabulary,
} from '../mentions.ts';

/**
 * The question with the column that its statement uses, and that it says, replaced by the one that a
 * phrase names: of the same table, where there is one such.
 */
export function replaceAttribute(
  earlier: Earlier,
  phrase: string,
  { schema }: Vocabulary,
): string | undefined {
  const named = columnsNamed(phrase, schema);
  if (named.length === 0) return undefined;
  const said = [...sqlReferences(earlier.sql, schema).columns]
    .flatMap((key) => {
      const span = longest(namesOfColumn(schema, key).map((name) => locate(earlier.body, name)));
      return span === undefined ? [] : [{ key, span }];
    })
    .filter(({ key }) => !named.includes(key));
  const tables = new Set(named.map(tableOf));
  const beside = said.filter(({ key }) => tables.has(tableOf(key)));
  const span = longest(beside.map((entry) => entry.span));
  return span === undefined ? undefined : replaceSpan(earlier.body, span, phrase);
}

function longest(spans: readonly (Span | undefined)[]): Span | undefined {
  return spans
    .filter((span) => span !== undefined)
    .sort((a, b) => b.text.length - a.text.length)[0];
}
