/** How many of the rows that were counted are such: `repairs per priority and how many of them are finished`. */
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnCondition, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** Takes what follows as a state of some of the rows; whether it is one. */
export function countsPart(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const [of, ...more] = ahead(state);
  const states = isWord(of, 'preposition') ? more : [of, ...more];
  const isCounted =
    asked.counting || asked.shown.some((item) => isMeasure(item) && item.rows !== undefined);
  const areStates = states.length > 0 && states.every((one) => isState(one) || isJoint(one));
  if (chinese || !isWord(behind(state), 'and') || !isCounted || !areStates) return false;
  if (said.share || said.part !== undefined || asked.order !== undefined) return false;
  if (isWord(of, 'preposition')) state.at++;
  said.part = asked.conditions.length;
  return true;
}

function isState(one: Meaning | undefined): boolean {
  return one !== undefined && /^(?:value|flag|stored|late|property)$/.test(one.kind);
}

function isJoint(one: Meaning | undefined): boolean {
  return isWord(one, 'not', 'preposition', 'or');
}

/** Shows the part beside the count of all. @throws Unread where nothing tells it */
export function showPart({ asked, said }: ParseState): void {
  if (said.part === undefined) return;
  const found = asked.conditions.splice(said.part);
  const part = found.flatMap((one): ColumnCondition[] => (one.kind === 'without' ? [] : [one]));
  const count = asked.shown.find((item) => isMeasure(item) && item.rows !== undefined);
  if (part.length === 0 || part.length < found.length || count === undefined || !isMeasure(count))
    unread('how many of them are what');
  asked.shown.push({ ...count, heldTo: part });
}
