/** `machines taken out of service, with the date`: the day of what was said to be done, as `and when` asks for it. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

const DATE = /^(?:last )?(?:date|day)s?$|^last$/i;

/** The phrases, with such an end as what asks for it. */
export function withDate(phrases: readonly Phrase[], question: string): Phrase[] {
  const isDone = (one: Meaning) => one.kind === 'stored' && !one.not;
  const joint = phrases.findLastIndex(({ meanings }) =>
    meanings.some((one) => isWord(one, 'with', 'with-own')),
  );
  const behind = phrases.slice(joint + 1).filter(({ meanings }) => !meanings.every(isSilent));
  const isDate =
    behind.length > 0 &&
    behind.length < 3 &&
    behind.every(({ from, to }) => DATE.test(question.slice(from, to)));
  const last = phrases[joint];
  if (!isDate || last === undefined || !phrases.some(({ meanings }) => meanings.some(isDone)))
    return [...phrases];
  const word = (name: 'and' | 'when', { from, to }: Phrase): Phrase => ({
    from,
    to,
    meanings: [{ kind: 'word', word: name, cost: 0 }],
  });
  const [date = last] = behind;
  return [...phrases.slice(0, joint), word('and', last), word('when', date)];
}

const isSilent = (one: Meaning): boolean => isWord(one, 'noise', 'own');
