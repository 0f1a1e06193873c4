/** What should have come by a day: `past their due date as of 31 May 2026`, `overdue and unpaid as of 10 April 2026`. */
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { phraseKey } from '../words/units.ts';

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
  const named = ['due date', 'due day', 'due'].flatMap((text) => names.get(phraseKey(text)) ?? []);
  const columns = named.flatMap((one): Meaning[] =>
    one.kind === 'column' && (one.done === true || /da(?:y|te)|dt|on$|due$/i.test(one.column))
      ? [{ kind: 'column', table: one.table, column: one.column, cost: one.cost }]
      : [],
  );
  const beside = RIGHT_BEFORE.exec(question);
  const found = beside ?? APART.exec(question);
  const [text = '', due = '', asOf = ''] = found ?? [];
  // Without rows before it, the day itself would be asked for.
  if (found === null || found.index === 0 || columns.length === 0 || names.has(phraseKey(due)))
    return [];
  // Without a word for it, what is overdue may have been paid since.
  if (/^overdue$/i.test(due) && !UNPAID.test(question)) return [];
  const from = found.index;
  // With the blank behind it, it is longer than what else may be said there.
  const to = from + text.length + 1;
  const at = to - 1 - asOf.length;
  const days = onceEach(columns);
  const before: Meaning = { kind: 'word', word: 'before', cost: 0 };
  if (beside !== null) {
    return [
      { from, to: from + due.length, meanings: days },
      { from: at, to, meanings: [before] },
    ];
  }
  const silent: Meaning = { kind: 'word', word: 'noise', cost: 0 };
  const [first = '', ...more] = asOf.split(' ');
  // The day and the sign stand where `as of` does.
  return more.length === 0
    ? []
    : [
        { from, to: from + due.length, meanings: [silent] },
        { from: at, to: at + first.length, meanings: days },
        { from: at + first.length + 1, to, meanings: [before] },
      ];
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
