/** What is said of documents, and not of their lines: 报销 of 报销单 beside 报销明细. */

import type { Link } from '../../retrieval/context.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import { partsOf } from '../columns/comment-parts.ts';
import { COST, type Naming } from '../columns/name-costs.ts';
import { keysTo } from '../columns/part-of.ts';

const LINES = /^(\p{Script=Han}{2,})(?:明细|分录|行项目)(?:表|信息)?$/u;
const DOCUMENTS = /(?:申请单|单据|单|主表|表|凭证)$/u;

/**
 * The names of a table, those that its lines share with the documents that they belong to as names of these.
 * @param names of one table
 */
export function saidOfDocuments(
  table: Table,
  names: readonly Naming[],
  { tables }: Schema,
  links: readonly Link[],
): readonly Naming[] {
  const things = calledBy(table).flatMap((name) => LINES.exec(name)?.[1] ?? []);
  const document = tables.find(
    (one) =>
      keysTo(links, table.name, one.name).length > 0 &&
      calledBy(one).some((name) =>
        [name, name.replace(DOCUMENTS, '')].some((called) => things.includes(called)),
      ),
  );
  if (document === undefined) return names;
  return names.flatMap((naming) => {
    const { text, meaning } = naming;
    if (meaning.kind !== 'table' || !hasHan(text) || /明细|分录|行项目/u.test(text)) return naming;
    // 差旅费报销了多少钱: the lines are meant where the documents can't be.
    const asLines = { ...meaning, cost: meaning.cost + COST.verb, asDocument: true } as const;
    return [
      { ...naming, meaning: { ...meaning, table: document.name } },
      { ...naming, meaning: asLines },
    ];
  });
}

function calledBy({ name, comment }: Table): string[] {
  return [name, ...partsOf(comment)].filter(hasHan);
}
