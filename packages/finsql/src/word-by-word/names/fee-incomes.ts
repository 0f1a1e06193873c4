/** 保费收入, 租金收入: what others pay is income to those who ask. */
import { COST, type Named } from '../columns/name-costs.ts';

const FEES = ['保费', '租金', '利息', '佣金', '手续费', '学费', '服务费'];

/** How a column of such a fee is called as income; nothing for other names. */
export function feeIncomes(name: string): Named[] {
  return FEES.filter((fee) => name.endsWith(fee)).map((fee) => [
    `${fee}收入`,
    name === fee ? COST.synonym : COST.part,
  ]);
}
