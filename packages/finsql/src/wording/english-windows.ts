import { list } from './english-list.ts';
import type { Order, WindowWords } from './wording.ts';

export const windowsInEnglish: WindowWords = {
  among: (value, { groups, orders, frame }) => {
    const rows = [
      ...(orders.length === 0 ? [] : [`by ${orders.map(orderInEnglish).join(', then ')}`]),
      ...(groups.length === 0 ? [] : [`within each ${list(groups)}`]),
      ...(frame === '' ? [] : [frame]),
    ];
    return `${value} (${rows.length === 0 ? 'over all rows' : rows.join('; ')})`;
  },
  upToRow: (value) => `${value} up to each row`,
  rowBefore: (value, steps, otherwise) => `${value} of ${rows(steps)} before${orElse(otherwise)}`,
  rowAfter: (value, steps, otherwise) => `${value} of ${rows(steps)} after${orElse(otherwise)}`,
  rank: 'the rank',
  denseRank: 'the rank without gaps',
  rowNumber: 'the row number',
  equalPart: (count) => `which of ${count} equal parts the row is in`,
};

/** `size, highest first` */
export function orderInEnglish({ value, descending }: Order): string {
  return `${value}, ${descending ? 'highest' : 'lowest'} first`;
}

const rows = (steps: string) => (steps === '1' ? 'the row' : `${steps} rows`);
const orElse = (otherwise: string | undefined) =>
  otherwise === undefined ? '' : `, or ${otherwise} without one`;
