/** What is said of rows by the one code that leaves them undecided: `decided` of all others, `still waiting for a decision`. */
import type { Column } from '../../schema/schema.ts';
import { codesOf } from '../columns/comment-parts.ts';

/** Columns of what was decided. */
const OF_DECISIONS = /decision|outcome|verdict|result|ruling|(?:^|_)(?:res|dec)$/i;
const PENDING =
  /^(?:pending|waiting|open|undecided|in progress|under review|in review|being reviewed|not (?:yet )?decided|awaiting (?:a )?decision|submitted)\b/i;

/** Columns of how rows stand. */
const OF_STATES = /state|status|^st$|^sts$|stat$/i;
const PAID = /^(?:paid|paid in full|settled|paid off)$/i;
/** States of what is to be paid yet. */
const OWED =
  /^(?:open|overdue|late|due|due later|due now|past due|bounced|bounced by the bank|part(?:ly)?[- ]paid|partial|outstanding|sent|issued|disputed|reminded|in collection)$/i;
/** States of what nobody will pay. */
const DROPPED = /^(?:void|voided|cancell?ed|written[- ]off|credited|refunded|draft|reversed)$/i;

/** The words for what a column holds, each with how it is stored: as a comment explains it, or as it is. */
function statesOf({
  comment,
  samples,
}: Pick<Column, 'comment' | 'samples'>): (readonly [words: string, code: string])[] {
  const told = codesOf(comment).filter(([, code]) => samples.includes(code));
  return told.length > 0 ? told : samples.map((one) => [one, one] as const);
}

/** `unpaid` of what is not paid yet; none where other states may be meant, too. */
export function unpaidNames({ name, comment, samples }: Column): PendingName[] {
  if (!OF_STATES.test(name)) return [];
  const codes = statesOf({ comment, samples });
  const [paid, ...more] = codes.filter(([words]) => PAID.test(words));
  const others = codes.filter(([words]) => !PAID.test(words));
  const owed = others.filter(([words]) => OWED.test(words));
  if (paid === undefined || more.length > 0 || owed.length === 0) return [];
  const texts = [
    'unpaid',
    'still unpaid',
    'not paid',
    'not yet paid',
    'not paid yet',
    'still to be paid',
  ];
  const [only, ...rest] = owed;
  if (owed.length === others.length)
    return texts.map((text) => ({ text, code: paid[1], denied: true }));
  const areDropped = others.every(([words]) => OWED.test(words) || DROPPED.test(words));
  return areDropped && rest.length === 0 && only !== undefined
    ? texts.map((text) => ({ text, code: only[1], denied: false }))
    : [];
}

interface PendingName {
  readonly text: string;
  readonly code: string;
  /** Whether it is said of all but those. */
  readonly denied: boolean;
}

/** The words for a code that leaves rows undecided; none where no code does, or several do. */
export function pendingNames({ name, comment, samples }: Column): PendingName[] {
  if (!OF_DECISIONS.test(name)) return [];
  const codes = statesOf({ comment, samples });
  const [pending, ...more] = codes.filter(([words]) => PENDING.test(words));
  if (pending === undefined || more.length > 0 || codes.length < 3) return [];
  const [, code] = pending;
  const said = (texts: readonly string[], denied: boolean) =>
    texts.map((text) => ({ text, code, denied }));
  return [
    ...said(['decided', 'already decided', 'been decided'], true),
    ...said(
      [
        'undecided',
        'not decided',
        'not yet decided',
        'not decided yet',
        'waiting for a decision',
        'awaiting a decision',
        'still to be decided',
        'nobody has decided',
        'nobody has decided yet',
      ],
      false,
    ),
  ];
}
