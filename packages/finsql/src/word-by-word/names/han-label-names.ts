/** What rows are called by and numbered with, said with what they are: 客户姓名, 研报编号, 项目名. */
import { type Column, fold, type Schema, type Table } from '../../schema/schema.ts';
import { keyOf } from '../../schema/table-keys.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { labelsOf } from '../columns/label-columns.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { hanTableNames } from './han-names.ts';

/** Costlier ones are no names of the rows themselves. */
const DEAREST = COST.synonym;
const NAMES = ['名称', '名字', '名', '姓名'];
const NUMBERS = ['编号', '号', '号码', '代码', '单号'];
/** Those who have accounts are called by a 户名. */
const HOLDERS = /客户|储户|账户|存款人|持卡人|投资者|开户/u;
const IS_NUMBER = /号$|编码$|代码$|(?:number|no|code|id)$/i;

/** Of every table that has a label, and of every one that has a key. */
export function saidOfLabels({ tables }: Schema): Naming[] {
  return tables.flatMap((table) => {
    const { name, columns } = table;
    const names = hanTableNames(table).filter(([, cost]) => cost <= DEAREST);
    const [label, ...more] = labelsOf(table, true);
    const column = columns.find((one) => label !== undefined && fold(one.name) === fold(label));
    const isName =
      column !== undefined &&
      more.length === 0 &&
      !calledBy(column).some((called) => IS_NUMBER.test(called));
    const key = keyOf(table);
    const saidOf = (of: string, ends: readonly string[]) =>
      names.flatMap(([text, cost]) =>
        ends.map((end) =>
          naming(text + end, {
            kind: 'column',
            table: name,
            column: of,
            cost: cost + COST.asTable,
          }),
        ),
      );
    return [
      ...(isName ? saidOf(column.name, NAMES) : []),
      ...(isName ? bareNames(table, column) : []),
      ...(isName && names.some(([text]) => HOLDERS.test(text))
        ? [naming('户名', { kind: 'column', table: name, column: column.name, cost: COST.verb })]
        : []),
      ...(key === undefined ? [] : saidOf(key, NUMBERS)),
    ];
  });
}

/** 名称 alone: of whichever rows are spoken of, and not only of those whose column is called so. */
function bareNames({ name: table }: Table, column: Column): Naming[] {
  const meant = { kind: 'column', table, column: column.name, cost: COST.translated } as const;
  const isOfPerson = calledBy(column).some((called) => called.endsWith('姓名'));
  return ['名称', '名字', ...(isOfPerson ? ['姓名'] : [])].map((text) => naming(text, meant));
}
