/** What should have come by a day: `past their due date as of 31 May 2026`, `overdue and unpaid as of 10 April 2026`. */
import type { Dictionary } from './names.ts';
import type { Meaning, Phrase } from './phrase.ts';
import { phraseKey } from './units.ts';

const DUE =
  '(past (?:their |its |the )?due(?: (?:date|day))?|beyond (?:their |its |the )?due (?:date|day)|overdue)';
const AS_OF =
  '(as of|as at|at|on)(?= (?:the )?(?:end of )?(?:\\d|January|February|March|April|May|June|July|August|September|October|November|December))';
const UNPAID =
  /\b(?:unpaid|not (?:yet )?(?:been )?paid|not paid|open|running|outstanding|unsettled)\b/i;

const RIGHT_BEFORE = new RegExp(`\\b${DUE} ${AS_OF}`, 'i');
const APART = new RegExp(
  `\\b${DUE},? (?:and|but) (?:still )?(?:unpaid|not paid|open) ${AS_OF}`,
  'i',
);

/** The phrases for a due day before another. None where `overdue` is what something stored is called. */
export function pastDue(question: string, names: Dictionary): Phrase[] {
  const days = ['due date', 'due day', 'due'].flatMap((text) => names.get(phraseKey(text)) ?? []);
  const columns = days.flatMap((one): Meaning[] =>
    one.kind === 'column' && (one.done === true || /da(?:y|te)|dt|on$|due$/i.test(one.column))
      ? [{ kind: 'column', table: one.table, column: one.column, cost: one.cost }]
      : [],
  );
  const found = RIGHT_BEFORE.exec(question) ?? APART.exec(question);
  const [text = '', due = '', asOf = ''] = found ?? [];
  const isState = /^overdue$/i.test(due);
  if (found === null || columns.length === 0 || names.has(phraseKey(due))) return [];
  // Without a word for it, what is overdue may have been paid since.
  if (isState && !UNPAID.test(question)) return [];
  const from = found.index;
  const to = from + text.length;
  const before: Meaning = { kind: 'word', word: 'before', cost: 0 };
  const end = { from: to - asOf.length, to, meanings: [before] };
  if (RIGHT_BEFORE.test(text)) {
    return [{ from, to: from + due.length, meanings: onceEach(columns) }, end];
  }
  const [first = ''] = asOf.split(' ');
  const middle = end.from + first.length;
  const silent: Meaning = { kind: 'word', word: 'noise', cost: 0 };
  // The day and the sign stand where `as of` does.
  return asOf.includes(' ')
    ? [
        { from, to: from + due.length, meanings: [silent] },
        { from: end.from, to: middle, meanings: onceEach(columns) },
        { from: middle + 1, to, meanings: [before] },
      ]
    : [];
}

function onceEach(columns: readonly Meaning[]): Meaning[] {
  return columns.filter(
    (one, at) =>
      !columns
        .slice(0, at)
        .some(
          (other) =>
            other.kind === 'column' &&
            one.kind === 'column' &&
            other.table === one.table &&
            other.column === one.column,
        ),
  );
}
