/** The people who manage funds, and their terms in charge. */
import { addDays } from './calendar.ts';
import type { Fund } from './funds.ts';
import type { Value } from './insert.ts';
import { person } from './names.ts';
import type { Random } from './random.ts';

export interface Manager {
  readonly id: number;
  readonly started: number;
}

/** The staff of a house. Its first manager is the most senior, so that every fund finds somebody. */
export function hireStaff(firstId: number, house: number, random: Random): Manager[] {
  return Array.from({ length: 4 + (house % 3) }, (_, i) => ({
    id: firstId + i,
    started: random.integer(1999, i === 0 ? 2004 : 2016),
  }));
}

export function managerRow({ id, started }: Manager, house: number, random: Random): Value[] {
  const { english, chinese, gender } = person('managers', id - 1);
  const education = random.weighted([
    ['Bachelor', 10],
    ['Master', 60],
    ['Doctorate', 17],
    ['MBA', 13],
  ] as const);
  const month = String(random.integer(1, 12)).padStart(2, '0');
  const birth = started - random.integer(24, 30);
  return [id, english, chinese, house, gender, birth, education, `${started}-${month}-01`];
}

/** One to three managers in turn, the last still in charge; some stay on beside their successor. */
export function* managementRows(
  fund: Fund,
  staff: readonly Manager[],
  random: Random,
): Generator<Value[]> {
  const used = new Set<Manager>();
  const latest = '2023-06-30';
  let start = fund.inceptionDate;
  for (let left = random.integer(1, 3); left > 0; left--) {
    // A manager has at least two years of experience before taking over a fund.
    const ready = (one: Manager) => one.started + 2 < Number(start.slice(0, 4)) && !used.has(one);
    const manager = random.pick(staff.filter(ready));
    used.add(manager);
    const end = addDays(start, random.integer(500, 1400));
    const isLast = left === 1 || end > latest || !staff.some((one) => ready(one));
    yield [fund.id, manager.id, start, isLast || random.chance(0.16) ? null : end];
    if (isLast) return;
    start = addDays(end, 1);
  }
}
