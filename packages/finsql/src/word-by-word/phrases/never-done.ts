/** `products never sold`, `securities nobody holds`, `customers we have never dealt with`: a denial with the verb that it ends on. */
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { phraseKey } from '../words/units.ts';

/** What is done, and the heads of the names of the rows that tell it. */
const DOINGS: readonly (readonly [verbs: string, rows: RegExp])[] = [
  [
    'sold|sold to|bought|bought from|purchased|ordered|ordered from',
    /^(?:sale|order|purchase|policy|loan|trade|deal|contract|invoice|subscription|lease|booking|ticket|policy)$/,
  ],
  [
    'hold|holds|held|own|owns|owned|invested in|bought into',
    /^(?:position|holding|stake|investment|commitment|subscription)$/,
  ],
  [
    'deal|dealt|dealt with|dealt in|trade|traded|traded in|traded with',
    /^(?:deal|dealing|trade|transaction|order|contract)$/,
  ],
  ['read', /^(?:reading|read)$/],
  ['used|booked|booked on|hired|rented', /^(?:usage|use|booking|reservation|rental|hire|trip)$/],
  ['posted to|posted on|booked to', /^(?:booking|entry|posting|transaction|line|journal)$/],
  ['billed|invoiced|charged', /^(?:invoice|bill|note|charge)$/],
  ['paid|paid for', /^(?:payment|receipt|installment)$/],
  ['reminded|chased', /^(?:reminder|notice)$/],
  ['insured|covered', /^(?:policy|cover)$/],
  ['rated|reviewed|rating', /^(?:rating|review)$/],
  ['inspected|audited', /^(?:inspection|audit)$/],
  ['valued|appraised', /^(?:valuation|appraisal)$/],
  ['visited|seen', /^(?:visit|appointment)$/],
  ['counted', /^(?:count|stocktake)$/],
  ['repaired|serviced', /^(?:repair|service)$/],
  ['picked|chosen|taken|taken up', /^(?:pledge|order|choice|booking)$/],
  ['donated|given', /^(?:donation|gift|pledge)$/],
  [
    'assigned|assigned to|allocated|allocated to',
    /^(?:adjuster|analyst|handler|officer|agent|manager|employee|staff|person|adviser|advisor|engineer|technician|user|assessor|clerk|adj|mgr|rep)$/,
  ],
];

const VERBS = DOINGS.flatMap(([verbs]) => verbs.split('|')).toSorted((a, b) => b.length - a.length);

const DENIAL =
  '(?:(?:has|have|had|was|were|is|are) (?:never|not)|never|not|nobody|no one)(?: (?:here|in (?:the|our) \\w+))?(?: (?:has|have|had|is|was))?(?: yet)?(?: ever)?(?: been)?';
const OBJECT =
  '(?: (?:anything(?: (?:on|from|in|for|to))?|to anybody|to anyone|them|it|us|with us|by us|for us|at all|yet|so far|to|with|in|on|from|for))*';
const END = '(?=\\s*(?:$|[?.!,;:)–—-]|and (?:which|what|how|when)\\b|with (?:the|their|its)\\b))';

const NEVER_DONE = new RegExp(`\\b${DENIAL} (${VERBS.join('|')})${OBJECT}${END}`, 'gi');

/** `clients who hold nothing`. */
const DOES_NOTHING = new RegExp(
  `\\b(hold|holds|held|own|owns|owned|bought|ordered|traded|booked|used|donated|given) nothing(?: at all| yet| so far)?${END}`,
  'gi',
);

/** Where a question ends a clause on what is denied, unless the verb tells a state that something stored has. */
export function neverDone(question: string, names: Dictionary): Phrase[] {
  const found = [...question.matchAll(NEVER_DONE), ...question.matchAll(DOES_NOTHING)];
  return found.flatMap(({ 0: text, 1: verb = '', index }) => {
    const known = [verb, verb.split(' ')[0] ?? verb].flatMap(
      (said) => names.get(phraseKey(said)) ?? [],
    );
    if (known.some(({ kind }) => TELLS_STATE.has(kind))) return [];
    const isPlain = /^not /i.test(text);
    const done = known.flatMap((one) =>
      (one.kind === 'table' || one.kind === 'column') && one.done ? one.table : [],
    );
    // `not sold`, of what nothing is known of, is hardly said of other rows.
    if (isPlain && done.length === 0) return [];
    const meaning: Meaning = {
      kind: 'word',
      word: 'never-done',
      verb,
      done,
      ...(isActive(question.slice(0, index), text) ? { active: true } : {}),
      cost: 0.5,
    };
    return [{ from: index, to: index + text.length, meanings: [meaning] }];
  });
}

/** `funds that have never sold anything`: what they do themselves, and not what is done with them. */
function isActive(before: string, text: string): boolean {
  if (/\bbeen\b/i.test(text)) return false;
  if (/ nothing\b/i.test(text)) return true;
  if (/^(?:has|have|had)\b/i.test(text)) return true;
  return /^(?:never|not)\b/i.test(text) && /\b(?:who|that|which|have|has|they)\s+$/i.test(before);
}

const TELLS_STATE: ReadonlySet<Meaning['kind']> = new Set(['value', 'flag', 'stored', 'property']);

/** Whether rows whose name ends in a word tell what is done. */
export function tellsDoing(verb: string, head: string): boolean {
  const said = verb.toLowerCase();
  return DOINGS.some(([verbs, rows]) => verbs.split('|').includes(said) && rows.test(head));
}
