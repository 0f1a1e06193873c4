/** What is said of rows by the one code that leaves them undecided: `decided` of all others, `still waiting for a decision`. */
import type { Column } from '../schema/schema.ts';
import { codesOf } from './comment-parts.ts';

/** Columns of what was decided. */
const OF_DECISIONS = /decision|outcome|verdict|result|ruling|(?:^|_)(?:res|dec)$/i;
const PENDING =
  /^(?:pending|waiting|open|undecided|in progress|under review|in review|being reviewed|not (?:yet )?decided|awaiting (?:a )?decision|submitted)\b/i;

export interface PendingName {
  readonly text: string;
  readonly code: string;
  /** Whether it is said of all but those. */
  readonly denied: boolean;
}

/** The words for a code that leaves rows undecided; none where no code does, or several do. */
export function pendingNames({ name, comment, samples }: Column): PendingName[] {
  if (!OF_DECISIONS.test(name)) return [];
  const told = codesOf(comment).filter(([, code]) => samples.includes(code));
  const codes = told.length > 0 ? told : samples.map((one) => [one, one] as const);
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
