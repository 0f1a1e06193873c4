/** Figures of each period with their steps from the one before as SQL. */
import { literal } from '../../sql/literal.ts';
import type { Group, Steps } from '../model/reading.ts';
import { type Scope, writeColumn } from './write-columns.ts';
import { writeGroup, writeItem } from './write-items.ts';

const STEP_NAMES = {
  change: 'change',
  percent: 'change_in_percent',
  running: 'running_total',
} as const;

/** What is selected of each period, and the statement around that. */
export interface Stepped {
  readonly select: string;
  around(rows: string): string;
}

/** @param groups with that of the periods last */
export function steppedRows(scope: Scope, steps: Steps, groups: readonly Group[]): Stepped {
  const { by, figure, kind, sign, kept } = steps;
  const period = by.part?.replaceAll('-', '_') ?? 'period';
  const others = groups.filter((group) => group !== by);
  const columns = groups.map((group) =>
    group === by ? `${writeColumn(scope, by)} as ${period}` : writeColumn(scope, group),
  );
  const total = writeItem(scope, figure);
  const within = [...new Set(others.map((group) => writeGroup(scope, group)))].join(', ');
  const partition = within === '' ? '' : `partition by ${within} `;
  const over = `over (${partition}order by ${writeColumn(scope, by)})`;
  const before = `lag(${total}) ${over}`;
  const name = STEP_NAMES[kind];
  const step = {
    running: `sum(${total}) ${over}`,
    change: `${total} - ${before}`,
    percent: `100.0 * (${total} - ${before}) / ${before}`,
  }[kind];
  const shown = [
    ...columns,
    ...(kind === 'running' ? [] : [`${total} as total`]),
    `${step} as ${name}`,
  ];
  const isSo = [
    ...(sign === undefined ? [] : [`${name} ${sign} 0`]),
    ...(kept === undefined
      ? []
      : [`${period} between ${literal(kept[0])} and ${literal(kept[1])}`]),
  ];
  const told = sign === undefined ? '*' : period;
  return {
    select: shown.join(', '),
    around: (rows) =>
      isSo.length === 0
        ? `${rows} order by ${[...others.map((group) => writeColumn(scope, group)), period].join(', ')}`
        : `select ${told} from (${rows}) where ${isSo.join(' and ')} order by ${period}`,
  };
}
