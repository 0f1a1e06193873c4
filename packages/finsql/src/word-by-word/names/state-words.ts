/** What people say of rows that a column holds the state or the kind of: `turned down` for Rejected, `sold` for SELL. */
import type { Column } from '../../schema/schema.ts';
import { wordsOf } from '../columns/name-words.ts';
import type { Coded } from './explained-codes.ts';

/** What is stored, and what people say for it. */
const STATES: readonly (readonly [stored: string, said: string])[] = [
  [
    'rejected|declined|refused|denied',
    'turned down|rejected|declined|refused|denied|knocked back|thrown out',
  ],
  ['approved|accepted|granted', 'approved|accepted|granted'],
  ['cancelled|canceled', 'cancelled|called off|scrapped'],
  ['failed|failure|unsuccessful', 'failed|unsuccessful'],
  ['successful|success|succeeded', 'successful|succeeded'],
  ['completed|complete|finished|done', 'completed|finished'],
  ['pending|awaiting|in progress', 'pending'],
  [
    'waiting for approval|awaiting approval|pending approval',
    'waiting for approval|awaiting approval|pending approval|not yet approved',
  ],
  ['default|defaulted|in default', 'defaulted|in default'],
  ['overdue|past due|delinquent|in arrears', 'overdue|past due|delinquent|in arrears'],
  ['written off|charged off|write-off', 'written off|charged off|write off|wrote off'],
  ['in force|active|live|running', 'in force|active|running|ongoing'],
  ['suspended|on hold|paused', 'suspended|on hold|paused'],
  ['frozen|blocked', 'frozen|blocked'],
  ['dormant|inactive', 'dormant|inactive'],
  [
    'paid off|repaid|repaid in full',
    'paid off|repaid|paid back|fully repaid|fully paid off|repaid in full',
  ],
  ['expired|lapsed', 'expired|lapsed'],
  ['partly accepted|partially accepted', 'partly accepted|partially accepted|accepted in part'],
  ['partly granted|partially granted', 'partly granted|partially granted|granted in part'],
  ['accepted|granted in full', 'accepted in full|granted in full'],
  ['buy|purchase|bought', 'bought|purchased|buying|purchase|buy|buys'],
  ['sell|sale|sold', 'sold|selling|sell|sells'],
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
  if (kind !== 'text' || !OF_STATES.test(wordsOf(name).join('_'))) return [];
  return stateForms(samples.map((one) => [one, one]));
}

/** What people say for states by their words, as a comment explains codes; none for several of one sense. */
export function stateForms(states: readonly Coded[]): readonly Coded[] {
  return STATES.flatMap(([stored, said]) => {
    const known = stored.split('|');
    const isKnown = ([words]: Coded) => known.includes(words.toLowerCase());
    const [held, ...others] = states.filter(isKnown);
    if (held === undefined || others.length > 0) return [];
    return said.split('|').map((words): Coded => [words, held[1]]);
  });
}
