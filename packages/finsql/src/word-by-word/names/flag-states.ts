/** Everyday words for columns of yes and no of a known sense: `called off` for cancelled, `no longer stocked` for discontinued. */
import type { Column } from '../../schema/schema.ts';
import { codesOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { wordsOf } from '../columns/name-words.ts';
import { STILL_TO_COME } from './life-names.ts';

interface State {
  /** What the column is called. */
  readonly of: RegExp;
  /** What is said where it is so, and where it is not. */
  readonly yes?: string;
  readonly no?: string;
}

const STATES: readonly State[] = [
  {
    of: /^(?:active|act)$/,
    yes: 'current|currently active|still active|启用|启用的|已启用|启用中',
    no: '停用|停用的|已停用|former|inactive|no longer active|not active any more|no longer use|no longer used',
  },
  {
    of: /^in (?:service|use|operation)$/,
    yes: 'in service|in use|in operation|still in service|still in use',
    no: 'out of service|out of use|out of operation|taken out of service|no longer in service|no longer in use|decommissioned',
  },
  { of: /^cancell?ed$/, yes: 'called off|scrapped' },
  {
    of: /^black ?listed$|^blacklist$|^black list$/,
    yes: 'on the black list|on our black list|on the blacklist|on our blacklist|black listed',
  },
  {
    of: /^(?:on )?watch ?list(?:ed)?$|^watch$/,
    yes: 'on the watch list|on our watch list|on the watchlist|on our watchlist|on watch|being watched',
  },
  {
    of: /^(?:void|vacant|empty|unoccupied)$/,
    yes: 'empty|vacant|void|unlet|standing empty|unoccupied|not let',
    no: 'let|occupied',
  },
  { of: /^(?:occupied|let|rented)$/, yes: 'let|occupied', no: 'empty|vacant|unlet|standing empty' },
  {
    of: /^(?:on sale|still sold|on offer|for sale|sold still)$/,
    yes: 'still sold|still sell|still on sale|on sale|still offered|still offer|on offer',
    no: 'no longer sold|no longer sell|no longer offered|no longer offer|no longer on sale|no longer on offer|withdrawn|discontinued|taken off sale',
  },
  {
    of: /^(?:discontinued|delisted|withdrawn|retired|archived|closed to new)$/,
    yes: 'can no longer be opened|can no longer be bought|can no longer be sold|can no longer be taken out|no longer stocked|no longer sell|no longer offer|no longer sold|no longer made|no longer offered|no longer listed|out of the range|dropped from the range',
    no: 'still stocked|still sold|still offered|still listed|still in the range',
  },
  {
    of: /^(?:still )?employed$|^still (?:here|there)$|^on staff$|^works here$/,
    yes: 'still work for us|still works for us|still working for us|still working here|still work here|still with us|still employed|still here|still there|on the staff|on the payroll',
    no: 'no longer work for us|no longer works for us|no longer working for us|no longer work here|no longer with us|no longer employed|no longer here|left|have left|left us|gone',
  },
  {
    of: /^(?:enrolled|still enrolled)$/,
    yes: 'still enrolled|still with us|still here',
    no: 'left|have left',
  },
  {
    of: /^(?:id|identity|kyc|ids?|papers) (?:checked|verified|done|ok|passed|complete|cleared)$|^(?:identity )?verified$|^kyc$/,
    yes: 'identity checked|identity verified|verified|passed kyc|kyc done|papers checked',
    no: 'unverified|unchecked|identity unchecked|kyc missing|kyc pending|kyc is missing|kyc is pending|identity unverified',
  },
  {
    of: /(?:^| )on ?time$|^punctual$/,
    yes: 'on time|paid on time|punctual|punctually',
    no: 'late|too late|paid late|behind time|not on time',
  },
  {
    of: /^(?:no ?shows?|missed)$/,
    yes: 'missed|did not show up|never showed up|did not turn up|never turned up|did not come|failed to turn up|failed to show up|did not appear',
  },
  {
    of: /^(?:reversed|voided|cancelled again)$/,
    yes: 'reversed|reversals|cancelled|taken back',
  },
  {
    of: /^sold$/,
    yes: 'sold',
    no: 'in stock|left in stock|still in stock|unsold|on the lot|still on the lot|still to be sold',
  },
  { of: /^(?:in stock|available)$/, yes: 'in stock|still in stock', no: 'out of stock|sold out' },
  {
    of: /^(?:recharged|passed on|rebilled|rechargeable)$/,
    yes: 'passed on|passed on to the client|passed on to the tenant|passed on to the customer|charged on',
  },
  { of: /^(?:reconciled|matched)$/, yes: 'matched|reconciled|ticked off' },
  {
    of: /^(?:under )?warranty$|^in warranty$/,
    yes: 'under warranty|in warranty|covered by warranty|still under warranty|on warranty',
    no: 'out of warranty',
  },
  {
    of: /^(?:auto ?pay|direct debit|standing order)$/,
    yes: 'pay by direct debit|by direct debit|on autopay|paying by direct debit|pay automatically|pay by standing order',
  },
  {
    of: /^auto ?renew(?:al|s|ed)?$|^automatic renewal$/,
    yes: 'renew automatically|renews automatically|renewed automatically|renew by themselves',
  },
  {
    of: /^waived$/,
    yes: '减免|减免的|已减免|豁免|豁免的|已豁免',
    no: '没有减免|没减免|未减免|没有豁免|未豁免',
  },
  { of: /^eligible$/, no: 'ineligible' },
  { of: /^legible$/, yes: 'readable', no: 'illegible|unreadable' },
  { of: /^valid$/, no: 'invalid' },
  {
    of: /^(?:received|paid in|come in)$/,
    no: STILL_TO_COME.join('|'),
  },
  {
    of: /^newsletter$|^newsletter (?:subscribed|consent|opt in)$/,
    yes: 'get the newsletter|on the newsletter|receive the newsletter|subscribed to the newsletter|newsletter subscribers',
  },
  { of: /^anonymous$/, yes: 'anonymously|without a name|nameless' },
  { of: /^blocked$/, yes: 'barred|stopped' },
  { of: /^insured$/, yes: 'insured', no: 'uninsured' },
  { of: /^(?:is )?new$|^new (?:customer|client|business)$/, yes: 'new' },
  {
    of: /^full (?:return|refund)$/,
    yes: 'full|fully returned|fully refunded',
    no: 'partial|partly returned|partly refunded',
  },
  {
    of: /^delivered$/,
    no: 'waiting for delivery|awaiting delivery|still to be delivered|undelivered',
  },
  { of: /^(?:listed|quoted)$/, yes: 'still listed', no: 'unlisted|delisted|no longer listed' },
];

/** `can be billed`, `cannot be billed` for billable. */
function ableStates(name: string): State[] {
  const [, verb] = /^([a-z]{3,})able$/.exec(name) ?? [];
  if (verb === undefined || /avail|vari|suit|profit/.test(verb)) return [];
  const forms = [`${verb}ed`, `${verb}d`];
  const told = (how: readonly string[]) =>
    how.flatMap((one) => forms.map((form) => `${one} be ${form}`)).join('|');
  return [
    {
      of: new RegExp(`^${name}$`),
      yes: told(['can', 'may', 'can still']),
      no: `${told(['cannot', 'can not', 'may not', 'can no longer'])}|non ${name}|not ${name}|un${name}`,
    },
  ];
}

interface SaidState {
  readonly text: string;
  readonly isSo: boolean;
  /** What is stored where it is so, or where it is not. */
  readonly value: string;
}

/** How people say that a column of yes and no is, or is not, so; nothing for other columns. */
export function flagStates(column: Column): SaidState[] {
  const flag = flagOf(column);
  if (flag === undefined) return [];
  const own = wordsOf(column.name).filter((word) => !/^(?:is|has|was|flag)$/.test(word));
  const name = own.join(' ');
  // What a comment explains is said by that.
  const told = new Set(codesOf(column.comment).map(([words]) => words.toLowerCase()));
  const found = [...STATES, ...ableStates(name)].filter(({ of }) => of.test(name));
  const all = found.flatMap(({ yes, no }) => [
    ...(yes?.split('|') ?? []).map((text) => ({ text, isSo: true, value: `${flag[0]}` })),
    ...(no?.split('|') ?? []).map((text) => ({ text, isSo: false, value: `${flag[1]}` })),
  ]);
  return all.filter(({ text }) => !told.has(text));
}
