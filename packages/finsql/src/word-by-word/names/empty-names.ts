/** What a comment explains rows to be that hold nothing: `NULL = still unresolved`, `empty while at sea`. */
import { nameWords } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import type { StoredName } from './stored-days.ts';

const EXPLAINED =
  /\b(?:null|empty|blank)\s*(=|:|means|for|if|when|while|until|unless|as long as)\s*((?:(?:it|the [a-z]+) is |it's )?(?:still |not yet |not |never |yet )*)([a-z]+(?: [a-z]+){0,2})(?=\s*(?:[,;.)(]|$| or | and |invoices|rows))/i;

/** Words that tell no state. */
const TELLS_NONE =
  /^(?:unknown|none|missing|na|applicable|available|so|there|an?|the|some|no|it|we|they)(?: |$)/i;

/** `decided`, where a result is empty while it is pending. */
function decidedNames({ name }: Column, text: string): StoredName[] {
  const isResult = /result|decision|outcome|verdict|ruling/i.test(name);
  if (!isResult || !/pending|undecided|open|waiting/.test(text)) return [];
  return [
    ...['decided', 'already decided'].map((said) => ({ text: said, not: false })),
    ...['undecided', 'not yet decided', 'not decided yet'].map((said) => ({
      text: said,
      not: true,
    })),
  ];
}

/** `unresolved`, `not invoiced yet`, `at sea`: rows where the column holds nothing; `invoiced`: where it holds something. */
export function emptyNames({ columns }: Pick<Table, 'columns'>, column: Column): StoredName[] {
  const { comment } = column;
  const [, joint = '', adverb = '', said = ''] = EXPLAINED.exec(comment) ?? [];
  const text = said.replace(/^it runs$/, 'running').trim();
  const isSingle = !text.includes(' ');
  if (text === '' || (TELLS_NONE.test(text) && text !== 'running')) return [];
  if (/^for$/i.test(joint) && !isSingle) return [];
  const isDenied = /^(?:until|unless)$/i.test(joint) || /not|never/i.test(adverb);
  if (!isDenied) return [{ text, not: true }, ...decidedNames(column, text)];
  const texts = [`not yet ${text}`, `not ${text} yet`, ...(isSingle ? [`un${text}`] : [])];
  // `empty until closed`, beside closed_on.
  const isOther = columns.some((one) => one !== column && nameWords(one.name).includes(text));
  const isDone = isSingle && /ed$/.test(text) && !isOther;
  return [
    ...texts.map((one) => ({ text: one, not: true })),
    ...(isDone ? [{ text, not: false }] : []),
  ];
}
