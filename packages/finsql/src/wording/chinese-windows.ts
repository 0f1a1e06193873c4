import { list } from './chinese-list.ts';
import { spaced } from './spaced.ts';
import type { Order, WindowWords } from './wording.ts';

export const windowsInChinese: WindowWords = {
  among: (value, { groups, orders, frame }) => {
    const rows = [
      ...(groups.length === 0 ? [] : [spaced`同一 ${list(groups)} 内`]),
      ...(orders.length === 0 ? [] : [orders.map(orderInChinese).join('、再')]),
      ...(frame === '' ? [] : [frame]),
    ];
    return `${value}（${rows.length === 0 ? '对全部行' : rows.join('，')}）`;
  },
  upToRow: (value) => spaced`截至各行的 ${value}`,
  rowBefore: (value, steps, otherwise) =>
    spaced`${steps === '1' ? '上一行' : `往前第 ${steps} 行`}的 ${value}${orElse(otherwise)}`,
  rowAfter: (value, steps, otherwise) =>
    spaced`${steps === '1' ? '下一行' : `往后第 ${steps} 行`}的 ${value}${orElse(otherwise)}`,
  rank: '名次',
  denseRank: '连续名次',
  rowNumber: '行号',
  equalPart: (count) => `所在的 ${count} 等分`,
};

/** `按 size 从高到低` */
export function orderInChinese({ value, descending }: Order): string {
  return spaced`按 ${value} ${descending ? '从高到低' : '从低到高'}`;
}

const orElse = (otherwise: string | undefined) =>
  otherwise === undefined ? '' : spaced`，没有时为 ${otherwise}`;
