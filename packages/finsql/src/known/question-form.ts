/**
 * What a question is but for the texts, numbers and periods that it states: two questions of one form ask
 * for the same of other things.
 */
import type { Mentions } from '../retrieval/retrieve.ts';
import { type TellingSign, tellingSigns } from '../retrieval/telling-signs.ts';
import type {
  Meaning,
  NumberMeaning,
  PeriodMeaning,
  ValueMeaning,
} from '../word-by-word/model/phrase.ts';
import { statedPhrases } from '../word-by-word/phrases/stated-phrases.ts';
import { placedUnits } from '../word-by-word/words/units.ts';

/** What another question of the same form may have another of. */
export type Stated = ValueMeaning | NumberMeaning | PeriodMeaning;

export interface Slot {
  /** As the question has it. */
  readonly text: string;
  /** What it may mean: a text that several columns hold has a meaning for each. */
  readonly meanings: readonly Stated[];
}

export interface QuestionForm {
  /** The words outside of the slots, with a sign for each slot: equal for questions of one form. */
  readonly key: string;
  /** In the order of the question. */
  readonly slots: readonly Slot[];
}

const SLOT = '_';
/** Words that ask for nothing. */
const POLITE: ReadonlySet<string> = new Set(['a', 'an', 'the', 'please', 'kindly', '请', '问']);

/** The form of a question, by what it states. */
export function questionForm(mentions: Mentions): QuestionForm {
  const { question } = mentions;
  const slots = placedSlots(mentions);
  const signs = tellingSigns(question);
  const gaps = [...slots, undefined].map((slot, at) =>
    wordsOf(question, signs, slots[at - 1]?.to, slot?.from),
  );
  return { key: gaps.map((words) => words.join(' ')).join(` ${SLOT} `), slots };
}

/** Whether a question has the words of a form in their order, so that it may be of that form: quick to tell. */
export function mayBeOfForm(question: string, { key }: QuestionForm): boolean {
  const words = wordsOf(question, tellingSigns(question));
  let at = 0;
  return key
    .split(' ')
    .filter((word) => word !== SLOT && word !== '')
    .every((word) => {
      at = words.indexOf(word, at) + 1;
      return at > 0;
    });
}

interface PlacedSlot extends Slot {
  readonly from: number;
  readonly to: number;
}

/** From left to right, the longest at each place. */
function placedSlots(mentions: Mentions): PlacedSlot[] {
  const found = statedPhrases(mentions)
    .map(({ from, to, meanings }) => ({ from, to, meanings: meanings.filter(isStated) }))
    .filter(({ meanings }) => meanings.length > 0)
    .toSorted((a, b) => a.from - b.from || b.to - a.to);
  const slots: PlacedSlot[] = [];
  for (const { from, to, meanings } of found) {
    const last = slots.at(-1);
    if (last?.from === from && last.to === to) {
      slots[slots.length - 1] = { ...last, meanings: [...last.meanings, ...meanings] };
    } else if (last === undefined || from >= last.to) {
      slots.push({ from, to, text: mentions.question.slice(from, to), meanings });
    }
  }
  return slots;
}

/** Words and telling signs of a stretch of the question, in their order. */
function wordsOf(
  question: string,
  signs: readonly TellingSign[],
  from = 0,
  to = question.length,
): string[] {
  const words = placedUnits(question.slice(from, to))
    .filter(({ stem }) => !/^[,、=<>%]$/.test(stem) && !POLITE.has(stem))
    .map(({ stem, from: at }) => ({ text: stem, at: from + at }));
  const telling = signs
    .filter((sign) => sign.from >= from && sign.from < to)
    .map(({ sign, from: at }) => ({ text: sign, at }));
  return [...words, ...telling].toSorted((a, b) => a.at - b.at).map(({ text }) => text);
}

function isStated(one: Meaning): one is Stated {
  return one.kind === 'value' || one.kind === 'number' || one.kind === 'period';
}
