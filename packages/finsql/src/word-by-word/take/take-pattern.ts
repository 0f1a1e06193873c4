/** What a column is to hold in part: the column comes before it, behind it, or is what is shown. */
import { isLabel, isNumber, labelColumns } from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState, takeDenial } from '../model/parse-state.ts';
import { isWord, type Meaning, type PatternMeaning } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** @throws Unread where no column, or one of numbers, is to hold it */
export function takePattern(
  state: ParseState,
  { place, texts, all, isValue }: PatternMeaning,
): void {
  const { asked, said } = state;
  if (said.calls.length > 0 || said.grouping || said.sign !== undefined) {
    unread('a text behind a word for another thing');
  }
  const not = takeDenial(state);
  const column = columnNamed(state) ?? (isValue ? unread('a value in what') : columnBehind(state));
  if (isNumber(state, column)) unread('a text in numbers');
  // 名称里带“医”字的企业: the name of those, and of nothing else.
  const [next] = ahead(state);
  const isOfOthers = next?.kind === 'table' && !next.done && !isTable(next.table, column.table);
  if (state.chinese && isOfOthers && isLabel(state, column) && isNothingAsked(asked))
    unread('a text in the name of what');
  const one = { kind: 'like', column, place, not } as const;
  // All of them; none of them.
  if (all || not) asked.conditions.push(...texts.map((text) => ({ ...one, texts: [text] })));
  else asked.conditions.push({ ...one, texts });
}

/** Whether a text follows that what is named is to hold: `name does not contain "tea"`. */
export function isPatternAhead(next: readonly Meaning[]): boolean {
  const [first] = next.filter((one) => !isWord(one, 'without', 'not', 'preposition'));
  return first?.kind === 'pattern' && next.indexOf(first) <= 2;
}

function columnNamed({ said }: ParseState): ColumnRef | undefined {
  const { compared } = said;
  said.compared = undefined;
  return compared !== undefined && isMeasure(compared) ? unread('a text in a measure') : compared;
}

function columnBehind(state: ParseState): ColumnRef {
  return columnAhead(state) ?? labelAhead(state) ?? columnShown(state);
}

/** 姓沈的客户, 以恒远开头的产品: what those are called by. */
function labelAhead(state: ParseState): ColumnRef | undefined {
  const [next] = ahead(state);
  if (!state.chinese || next?.kind !== 'table' || !isNothingAsked(state.asked)) return undefined;
  const [only, ...more] = labelColumns(state, next.table);
  return more.length > 0 ? undefined : only;
}

/** `the letter A in their names`. */
function columnAhead(state: ParseState): ColumnRef | undefined {
  const [joint, column] = ahead(state);
  if (!isWord(joint, 'preposition') || column?.kind !== 'column') return undefined;
  state.at += 2;
  return { table: column.table, column: column.column };
}

/** The one text that is shown; what things are called by where nothing is. */
function columnShown(state: ParseState): ColumnRef {
  const { asked } = state;
  if (isNothingAsked(asked)) unread('a text in what');
  const shown = asked.shown.filter((item) => !isMeasure(item) || item.of !== undefined);
  const labels =
    shown.length === 0 && asked.thing !== undefined ? labelColumns(state, asked.thing) : shown;
  const [only, ...more] = labels;
  if (only === undefined || isMeasure(only) || more.length > 0) return unread('a text in what');
  return only;
}
