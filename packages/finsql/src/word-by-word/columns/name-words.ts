/** The words of names: shortened ones in full, and others that mean the same. */
import { nameWords, singular } from '../../retrieval/words.ts';
import { inFull, otherwiseInFull } from '../words/shortened-words.ts';
import { HAN_SYNONYMS, SYNONYMS, VERBS } from '../words/synonyms.ts';

const OTHERS: ReadonlyMap<string, ReadonlySet<string>> = othersOf(
  SYNONYMS.trim()
    .split('\n')
    .map((line) => line.split(' ')),
);

const VERBS_OF: ReadonlyMap<string, readonly string[]> = new Map(
  VERBS.trim()
    .split('\n')
    .map((line) => {
      const [noun = '', ...verbs] = line.split(' ');
      return [noun, noun === 'signup' ? ['signed up', 'sign up'] : verbs];
    }),
);

/** Words before names of tables. */
const OF_TABLES = /^(?:tbl|dim|fact|t|tb|ref|lkp|lookup)$/;

/** Words of names of days beside the word for what is done on them. */
export const OF_DAY = /^(?:date|day|dt|on|at|time|timestamp)$/;

/** Its last letter stands twice in what is done: ship → shipped. */
const SHORT_VERB = /^[^aeiou]*[aeiou][bdgmnpt]$/;

/** Whether the last word of a name says what is done: founded, date_built. */
export function isDone(name: string): boolean {
  return /(?:ed|built|bought|born|made|sold)$/i.test(name);
}

/** How a noun, or the stem of a verb, is said as something done: `trade` → traded; `hire` → hired, joined. */
export function verbForms(word: string): string[] {
  if (word === 'paid' || word === 'left') return [word];
  const stem = SHORT_VERB.test(word) ? `${word}${word.slice(-1)}` : word;
  const past = word.endsWith('e') ? `${word}d` : word.endsWith('ed') ? word : `${stem}ed`;
  return [...new Set([past, ...(VERBS_OF.get(word) ?? [])])];
}

/** The nouns for what is done, and to do it: shipped → shipping, ship, shipment. */
export function verbNouns(word: string): string[] {
  const past = verbForms(word).filter((form) => form.endsWith('ed'));
  const nouns = [...VERBS_OF].flatMap(([noun, verbs]) => (verbs.includes(word) ? noun : []));
  const stems = past.flatMap((form) => [form.slice(0, -1), form.slice(0, -2)]);
  return [...past.map((form) => form.replace(/ed$/, 'ing')), ...stems, ...nouns];
}

/** The nouns for what is done: paid → payment; valued → valuation; posting → posting. */
export function nounsOfDoing(word: string): string[] {
  const own = VERBS_OF.has(word) ? [word] : [];
  const named = [...VERBS_OF].flatMap(([noun, verbs]) => (verbs.includes(word) ? noun : []));
  const gerund =
    /^[a-z]{3,}$/.test(word) && !word.endsWith('ed') ? [] : [word.replace(/ed$/, 'ing')];
  const postings = /^(?:post|book|fix|list)$/.test(word) ? [`${word}ing`] : [];
  return [...new Set([...own, ...named, ...gerund, ...postings])];
}

function othersOf(groups: readonly (readonly string[])[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const group of groups) {
    for (const word of group) {
      const others = found.get(singular(word)) ?? new Set();
      for (const other of group) if (other !== word) others.add(singular(other));
      found.set(singular(word), others);
    }
  }
  return found;
}

const HAN_OTHERS: readonly (readonly string[])[] = HAN_SYNONYMS.trim()
  .split('\n')
  .map((line) => line.split(' '));

/** Chinese names with one word replaced. */
export function hanSynonyms(name: string): string[] {
  return HAN_OTHERS.flatMap((group) =>
    group
      .filter((word) => name.includes(word))
      .flatMap((word) =>
        group.filter((other) => other !== word).map((other) => name.replace(word, other)),
      ),
  );
}

/** The words of a name, shortened ones in full: `cust_nm` → customer, name. */
export function wordsOf(name: string): string[] {
  return inFull(nameWords(name));
}

/** The words of a name in which a shortened one stands for another than mostly: `div_amt` → dividend, amount. */
export function otherWordsOf(name: string): string[][] {
  return otherwiseInFull(nameWords(name));
}

/** The words of a table's name without what says that it is one: `t_owner` → owner. */
export function tableWords(name: string): string[] {
  return wordsOf(name).filter(
    (word, at, all) => at > 0 || all.length === 1 || !OF_TABLES.test(word),
  );
}

/** Names with one word replaced: staff, name → `employee name`, `worker name`. */
export function synonymsOf(own: readonly string[]): string[] {
  return own.flatMap((word, at) =>
    [...(OTHERS.get(singular(word)) ?? [])].map((other) =>
      [...own.slice(0, at), other, ...own.slice(at + 1)].join(' '),
    ),
  );
}
