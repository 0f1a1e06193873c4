/** `rejection rate`, `cancellation rate by plan`: how many rows in a hundred are in a state that the rate is called by. */
import type { Schema } from '../../schema/schema.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { columnOf } from '../columns/schema-columns.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { type PlacedUnit, phraseKey, placedUnits } from '../words/units.ts';

/** What a rate is called by, and the states that it is of. */
const STATES = new Map(
  `rejection: rejected, declined, refused, denied| refusal: refused, rejected, declined| decline: declined, rejected|
   denial: denied, rejected| cancellation: cancelled| forfeit: forfeited| forfeiture: forfeited| lapse: lapsed|
   default: defaulted, in default, default| failure: failed, bounced| bounce: bounced| success: successful, succeeded|
   approval: approved, granted| acceptance: accepted, approved| redemption: redeemed| renewal: renewed, renewal|
   refund: refunded| return: returned| dispute: disputed, in dispute| completion: completed| write off: written off|
   no show: no show, missed| on time: on time, paid on time| litigation: litigated| reversal: reversed|
   delinquency: delinquent, overdue| conversion: converted| void: void, vacant| vacancy: vacant, void`
    .split('|')
    .map((line) => {
      const [noun = '', states = ''] = line.split(':');
      return [phraseKey(noun), states.split(',').map(phraseKey)] as const;
    }),
);

/** The words for the states and for the rates as phrases; none for rates that a column holds. */
export function ratesOfStates(
  question: string,
  { names, schema }: { readonly names: Dictionary; readonly schema: Schema },
): Phrase[] {
  const units = placedUnits(question);
  return units.flatMap((unit, at) => {
    if (unit.stem !== 'rate') return [];
    const named = [2, 1].map((length) => stateBefore({ units, names, schema }, at, length));
    const found = named.find((one) => one !== undefined);
    if (found === undefined) return [];
    const rate: Meaning = { kind: 'word', word: 'makes-up', rate: true, cost: 0 };
    return [found, { from: unit.from, to: unit.to, meanings: [rate] }];
  });
}

interface Within {
  readonly units: readonly PlacedUnit[];
  readonly names: Dictionary;
  readonly schema: Schema;
}

function stateBefore(
  { units, names, schema }: Within,
  at: number,
  length: number,
): Phrase | undefined {
  const run = units.slice(Math.max(0, at - length), at);
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined || run.length < length) return undefined;
  const key = run.map(({ stem }) => stem).join(' ');
  const isHeld = names.get(`${key} rate`)?.some(({ kind, cost }) => kind === 'column' && cost < 3);
  const states = STATES.get(key);
  if (isHeld || states === undefined) return undefined;
  const found = states
    .map((state) => (names.get(state) ?? []).flatMap((one) => asState(schema, one)))
    .find((one) => one.length > 0);
  return found && { from: first.from, to: last.to, meanings: found };
}

/** What says of rows that they are so; a column of yes and no that is called so as well. */
function asState(schema: Schema, one: Meaning): Meaning[] {
  if ((one.kind === 'value' || one.kind === 'flag') && one.cost <= 1) return [one];
  const column = one.kind === 'column' ? columnOf({ schema }, one) : undefined;
  if (one.kind !== 'column' || column === undefined || flagOf(column) === undefined) return [];
  return [{ kind: 'flag', table: one.table, column: one.column, cost: 0.5 }];
}
