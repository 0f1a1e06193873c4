/** Text → words, for matching questions with names, comments, values and other questions. */

const HAN = /\p{Script=Han}/u;
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and any are as at be been but by can could did do does each every find for from get give
  had has have how i in is it its list many me much my of on one or our please query show shows tell that the their them
  there these they this those to us want was we were what when where which who whom whose will with would
  you your`.split(/\s+/),
);

/** Lower-case words; a run of Chinese gives its pairs of characters (one alone stays one). */
export function words(text: string): string[] {
  const out: string[] = [];
  for (const [run] of text
    .toLowerCase()
    .matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)) {
    if (!HAN.test(run)) {
      out.push(run);
      continue;
    }
    const characters = [...run];
    if (characters.length === 1) out.push(run);
    for (let i = 0; i + 1 < characters.length; i++) {
      out.push(`${characters[i]}${characters[i + 1]}`);
    }
  }
  return out;
}

/** The words of an identifier: `fund_managerName2` → fund, manager, name, 2. */
export function nameWords(name: string): string[] {
  return words(
    name
      .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .replace(/(\p{L})(\p{N})/gu, '$1 $2')
      .replaceAll('_', ' '),
  );
}

/** A crude English stem: plural and verb endings off. */
export function stem(word: string): string {
  if (word.endsWith('ies') && word.length >= 6) return `${word.slice(0, -3)}y`;
  for (const ending of ['ings', 'ing', 'ed', 'es', 's']) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      const rest = word.slice(0, -ending.length);
      return rest.endsWith('e') ? rest.slice(0, -1) : rest;
    }
  }
  return word.endsWith('e') && word.length >= 4 ? word.slice(0, -1) : word;
}

/** An English noun without the ending of its plural. */
export function singular(word: string): string {
  if (word === 'ids') return 'id';
  if (word === 'people') return 'person';
  if (word.length < 4) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|ch|sh|x|z)es$/.test(word)) return word.slice(0, -2);
  if (/(?:onus|atus|irus|ensus|ocus)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && !word.endsWith('is') ? word.slice(0, -1) : word;
}

/** Words that say nothing about what is asked for. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Stems of the words that matter. */
export function stems(text: string): string[] {
  return words(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}

export function hasHan(text: string): boolean {
  return HAN.test(text);
}
