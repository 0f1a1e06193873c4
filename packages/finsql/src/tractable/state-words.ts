/** What people say of rows that a column holds the state or the kind of: `turned down` for Rejected, `sold` for SELL. */
import type { Column } from '../schema/schema.ts';
import type { Coded } from './coded-values.ts';

/** What is stored, and what people say for it. */
const STATES: readonly (readonly [stored: string, said: string])[] = [
  ['rejected|declined|refused|denied', 'turned down|rejected|declined|refused|denied|knocked back'],
  ['approved|accepted|granted', 'approved|accepted|granted'],
  ['cancelled|canceled', 'cancelled|called off'],
  ['failed|failure|unsuccessful', 'failed|unsuccessful'],
  ['successful|success|succeeded', 'successful|succeeded'],
  ['completed|complete|finished|done', 'completed|finished'],
  ['pending|awaiting|in progress', 'pending'],
  ['buy|purchase|bought', 'bought|purchased|buying|purchase'],
  ['sell|sale|sold', 'sold|selling'],
  ['subscription|subscribe', 'subscribed|subscribe'],
  ['redemption|redeem', 'redeemed|redeem'],
  ['withdrawal|withdraw', 'withdrew|withdrawn'],
  ['deposit', 'deposited'],
  ['return|returned', 'returned|sent back'],
];

/** What such columns are called. */
const OF_STATES =
  /(?:type|typ|side|status|sts|state|direction|action|kind|decision|outcome|result|stage|cat|category)$/i;

/** The words for what a column holds; none where it holds several of one sense. */
export function stateWords({ name, kind, samples }: Column): readonly Coded[] {
  if (kind !== 'text' || !OF_STATES.test(name)) return [];
  return STATES.flatMap(([stored, said]) => {
    const known = stored.split('|');
    const [held, ...others] = samples.filter((one) => known.includes(one.toLowerCase()));
    if (held === undefined || others.length > 0) return [];
    return said.split('|').map((words): Coded => [words, held]);
  });
}
