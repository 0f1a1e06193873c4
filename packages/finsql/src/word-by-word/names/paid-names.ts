/** 实收租金, 应付租金, of rent payments: what they are of stands behind what is paid or due of it. */

import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { tableWords, wordsOf } from '../columns/name-words.ts';
import { translationsOf } from './han-translations.ts';

const PAYMENTS = /^(?:payment|payments|receipt|receipts|repayment|repayments|bill|bills)$/;
const FIGURES: readonly (readonly [of: RegExp, before: readonly string[]])[] = [
  [/^(?:amount paid|paid amount|paid)$/, ['实收', '实付', '实缴', '已收', '已付', '已缴']],
  [/^(?:amount due|due amount|due)$/, ['应收', '应付', '应缴']],
];

/** How such columns are said; nothing of other tables. */
export function saidOfPaid({ name: table, columns }: Table): Naming[] {
  const own = tableWords(table);
  if (own.length < 2 || !PAYMENTS.test(own.at(-1) ?? '')) return [];
  const things = translationsOf(own.slice(0, -1));
  return columns
    .filter(isNumber)
    .flatMap((column) =>
      beforeOf(column).flatMap((done) =>
        things
          .flatMap((thing) => [`${done}${thing}`, `${done}的${thing}`])
          .map((text) =>
            naming(text, { kind: 'column', table, column: column.name, cost: COST.translated }),
          ),
      ),
    );
}

function beforeOf({ name }: Column): readonly string[] {
  const own = wordsOf(name).join(' ');
  return FIGURES.find(([of]) => of.test(own))?.[1] ?? [];
}
