/** English words that say nothing elsewhere and tell a state where they stand: `on hold`, `belong to us`, `have been sold`. */
import { unread } from '../model/unread.ts';

type Heard = (said: string, before: string, behind: string) => boolean;

const DATED =
  /\b(?:19|20)\d\d\b|\b(?:per|each|every|by|a) (?:\w+ )?(?:month|quarter|year)\b|\b(?:monthly|yearly|quarterly|month by month|year by year)\b/i;

/** Whether a word tells a state that nothing stored is called by. */
export const HEARD_STATES: readonly Heard[] = [
  (said, before) => /^h[eo]ld$/i.test(said) && /\bon\s+$/i.test(before),
  (said, before) => /^us$/i.test(said) && /\bbelong(?:s|ing)? to\s+$/i.test(before),
  // `cash takings`: what comes in, and nothing that is taken.
  (said) => /^takings$/i.test(said),
  // `who has paid everything`: all of it.
  (said, before, behind) =>
    /^everything$/i.test(said) &&
    (/(?:ed|paid|sold|spent|met|done)\s+$/i.test(before) || /^\s+(?:that|which)\b/i.test(behind)),
  // `goals already due`: by now, and not on that day.
  (said, _, behind) =>
    /^already$/i.test(said) && /^\s+(?:due|reached|met|there|over|gone)\b/i.test(behind),
  // `clients who hold something`.
  (said, before) =>
    /^something$/i.test(said) &&
    /\b(?:hold|holds|held|own|owns|owned|bought|paid|traded|deposited)\s+$/i.test(before),
  // `new lending`: only of periods are those new that begin in them.
  (said, before, behind) => /^(?:brand )?new$/i.test(said) && !DATED.test(before + behind),
  // `cases per cause`: how many.
  (said, _, behind) => /^cases$/i.test(said) && /^\s*(?:$|,|and\b|per\b|by\b|each\b)/i.test(behind),
  // `cancelled ones included`: more rows than are held.
  (said, before) => /^included$/i.test(said) && /\bones\s+$/i.test(before),
  // `which companies have been sold?`: all that is said of them.
  (said, before, behind) =>
    /^(?:sold|signed)$/i.test(said) &&
    /\b(?:been|are|is|was|were)\s+$/i.test(before) &&
    /^\s*(?:$|[?.!,;:])/.test(behind),
];

const ALL_TOLD =
  /\b(?:for whom|for which|whose|where) (?:every|each|all)\b|\bwhose \p{L}+ (?:were|are|was|is|have|has|had) all\b/iu;

/** @throws Unread where all that things have is to be such: `consignors for whom every lot was sold` */
export function expectNotOfAll(question: string): void {
  if (ALL_TOLD.test(question)) unread('all of what each has');
}
