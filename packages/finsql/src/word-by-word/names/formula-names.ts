/** What comments say is made of two columns: `net flow = Subscriptions - Redemptions`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { findColumn, fold, type Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';

const FORMULA =
  /(?:^|[;,.(]\s*)([A-Za-z][A-Za-z -]{2,30}?)\s*=\s*(\w+)\s*([-−*×x])\s*(\w+)(?=\s*(?:[;,.)]|$))/g;

/** The names of such figures, with the columns that they are made of. */
export function saidOfFormulas(table: Table): Naming[] {
  return table.columns.flatMap(({ comment }) =>
    [...comment.matchAll(FORMULA)].flatMap(([, name = '', first = '', sign = '', second = '']) => {
      const [of, other] = [first, second].map((text) => findColumn(table, text));
      if (of === undefined || other === undefined || !isNumber(of) || !isNumber(other)) return [];
      if (findColumn(table, name) !== undefined || fold(first) === fold(second)) return [];
      const beside = /[-−]/.test(sign) ? { minus: other.name } : { times: other.name };
      const meant = { kind: 'column', table: table.name, column: of.name, ...beside } as const;
      return [naming(name, { ...meant, cost: COST.verb })];
    }),
  );
}
