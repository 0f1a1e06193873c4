/** What a column that refers to other rows calls them, `nsr_id -- 企业` and 项目经理 of 员工: those rows, and no number. */
import type { Link } from '../../retrieval/context.ts';
import { hasHan } from '../../retrieval/words.ts';
import { type Column, fold, type Schema, type Table } from '../../schema/schema.ts';
import { namesInComment } from '../columns/comment-parts.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';

const NUMBER = /(?:号|号码|代码|编码|ID|标识|外键|主键)$/iu;

/** None for rows that a table refers to in several ways: of 转出方 and 转入方, each is a part that they have. */
export function saidOfReferences({ tables }: Schema, links: readonly Link[]): Naming[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const target = soleTarget(table, column, links);
      const found = tables.find(({ name }) => target !== undefined && fold(name) === target);
      if (found === undefined) return [];
      return (hasHan(column.name) ? [column.name] : namesInComment(column))
        .filter((name) => /^\p{Script=Han}{2,6}$/u.test(name) && !NUMBER.test(name))
        .flatMap((name) => {
          const named = (text: string, cost: number) =>
            naming(text, {
              kind: 'table',
              table: found.name,
              cost: cost + COST.asTable,
              ...(hasHan(column.name) ? { role: table.name } : {}),
            });
          // 被查企业: 企业.
          const isLong = name.length >= 4;
          return [named(name, COST.verb), ...(isLong ? [named(name.slice(-2), COST.synonym)] : [])];
        });
    }),
  );
}

function soleTarget({ name }: Table, column: Column, links: readonly Link[]): string | undefined {
  const own = links.filter((link) => link.table === fold(name) && link.target !== fold(name));
  const target = own.find((link) => link.column === fold(column.name))?.target;
  return own.filter((link) => link.target === target).length === 1 ? target : undefined;
}
