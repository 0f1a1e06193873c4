/** Things that a reading is not to show in place of those that are asked for: sites for `which vehicles at leased sites`, plans for what has met them. */
import { isPartOf } from '../columns/part-of.ts';
import { isWord } from '../model/phrase.ts';
import { columnIn, isMeasure, isTable, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

/** @throws Unread where other things are shown than those that are asked for */
export function expectThingAsked(reading: Reading, by: AskedBy): void {
  if (by.chinese) return;
  expectKindAsked(reading, by);
  expectPlansMet(reading, by);
}

/** `which vehicles at leased sites`: of those that a stored text names first, and not of what they stand at. */
function expectKindAsked({ thing, shown }: Reading, { meanings, links }: AskedBy): void {
  const heard = meanings.filter((one) => !isWord(one, 'noise', 'copula'));
  const [which, kind, joint] = heard;
  if (!isWord(which, 'which', 'list') || kind?.kind !== 'value') return;
  if (!isWord(joint, 'preposition', 'with') || isTable(kind.table, thing)) return;
  const first = heard.find((one) => one.kind === 'table' && one.done !== true);
  const isOfPlace = first?.kind === 'table' && isTable(first.table, thing);
  const isShown = shown.some((item) => !isMeasure(item) && isTable(columnIn(item)?.table, thing));
  if (isOfPlace && isShown && !isPartOf(links, thing, kind.table)) unread('things of which kind');
}

const MET =
  /\b(?:reach|meet|hit|achieve|exceed|surpass|miss|beat|reached|met|achieved|exceeded|surpassed|missed)(?:ed)? (?:their|its|the|our) (?:\w+ )?(?:goal|target|budget|quota|plan|limit)s?\b/i;

/** `campaigns that have reached their goal`: held to it, which is not what is shown. */
function expectPlansMet({ conditions, having }: Reading, { question }: AskedBy): void {
  const isHeld = having.length > 0 || conditions.some(({ kind }) => kind === 'columns');
  if (MET.test(question) && !isHeld) unread('whether a plan is met');
}
