/** What the rows of a table are, told by its columns: 保单 where the key is a 保单号, 参保人 for 参保人编号, 贷款 for 贷款品种 and 贷款金额. */
import { hasHan } from '../../retrieval/words.ts';
import { fold, type Table } from '../../schema/schema.ts';
import { keyOf } from '../../schema/table-keys.ts';
import { calledBy } from './comment-parts.ts';

/** Of 账号, 卡号 and 房号 the number is part of the thing; 流水号 and 记录号 tell any rows. */
const NUMBER = /^(\p{Script=Han}{2,6})(?:编号|号码|代码|编码|(?<![编账帐卡房])号)$/u;
const OF_ANY_ROWS = /^(?:流水|记录|业务|个人|身份证|统一社会信用|唯一|内部|系统)$/u;

/** None where the key refers to another table: then it is the number of those. */
export function thingsOfKey(table: Table): string[] {
  const { columns, foreignKeys } = table;
  const key = keyOf(table);
  const column = columns.find(({ name }) => name === key);
  if (column === undefined || foreignKeys.some((one) => fold(one.column) === fold(column.name)))
    return [];
  return calledBy(column).flatMap((name) => {
    const thing = NUMBER.exec(name.trim())?.[1];
    return thing === undefined || OF_ANY_ROWS.test(thing) ? [] : [thing];
  });
}

/** 贷款品种: of which kind the rows are. */
const KIND = /^(\p{Script=Han}{2})(?:品种|种类|类型|类别)$/u;

/** 贷款 of a table that has no Chinese name, by its 贷款品种, 贷款金额 and 贷款余额; none where another word tells as many columns. */
export function thingsOfKinds({ name, comment, columns }: Table): string[] {
  if (hasHan(name) || hasHan(comment)) return [];
  const called = columns.flatMap((column) => calledBy(column).filter(hasHan));
  const told = (front: string) =>
    called.filter((one) => one.startsWith(front) && one.length > front.length + 1).length;
  const most = Math.max(...called.map((one) => told(one.slice(0, 2))));
  const fronts = new Set(called.map((one) => one.slice(0, 2)).filter((one) => told(one) === most));
  const [front, ...others] = fronts;
  const isKind = called.some((one) => KIND.exec(one)?.[1] === front);
  return front !== undefined && others.length === 0 && most >= 3 && isKind ? [front] : [];
}
