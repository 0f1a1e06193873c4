/** Nouns that tell no more than what stands before them, and `new` of what is counted by the time: `the sales team`, 激进型, `new members per year`. */
import type { Meaning, Phrase } from '../model/phrase.ts';

const NOUNS =
  /^(?:team|department|division|office|desk|unit|business|sector|industry|segment|tier|grade|band|label|state|category|region|channel|format)$/;
const HAN_NOUNS = /^[类型级性款]$/u;

/** Whether a noun behind a stored value says what the value is of anyway: `the sales team`, 激进型. */
export function isOfValue(noun: string, before: Phrase | undefined): boolean {
  const isValue = ({ kind }: Meaning) => kind === 'value' || kind === 'flag';
  const isBehindValue = before?.meanings.every(isValue) ?? false;
  return isBehindValue && (NOUNS.test(noun) || HAN_NOUNS.test(noun));
}

/** Whether a word is that of `each type of instrument`, before a column that tells kinds. */
export function isKindOf(noun: string, of: string | undefined, next: Phrase | undefined): boolean {
  const isColumn = next?.meanings.every(({ kind }) => kind === 'column') ?? false;
  return /^(?:type|kind|sort)$/.test(noun) && of === 'of' && isColumn;
}

const NEW =
  /\bnew\s+(?=\p{Ll}+(?: \p{Ll}+)? (?:(?:per|by|each|every|in each|for each) (?:year|month|quarter)\b|(?:in|during|since|from) (?:\p{L}+ )?(?:19|20)\d\d\b))/giu;
const NOISE: Meaning = { kind: 'word', word: 'noise', cost: 0.5 };

/** `new members per year`: those that became such then. */
export function newOnes(question: string): Phrase[] {
  return [...question.matchAll(NEW)].map(({ index }) => ({
    from: index,
    to: index + 'new'.length,
    meanings: [NOISE],
  }));
}

/** Behind a stop, what is to be listed: ，要保单号和保费. */
export function wantedItems(question: string): Phrase[] {
  const meanings: Meaning[] = [{ kind: 'word', word: 'list', cost: 0.2 }];
  return [...question.matchAll(/(?<=[，。；？,;?]\s*)(?:只?要|想要)(?![求是么有几多不])/gu)].map(
    ({ 0: text, index }) => ({ from: index, to: index + text.length, meanings }),
  );
}
