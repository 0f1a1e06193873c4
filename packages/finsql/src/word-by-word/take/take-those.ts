/** Figures of a part of what is asked for, and of those that have some: 有几笔，其中逾期的有几笔; 只看还有余额的. */
import { addsUp, isKey, isQuantity, soleAmount } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** 其中: what is said behind it is of a part, unless that is a share. @throws Unread where two parts are said */
export function takeOfThose(state: ParseState): void {
  const { asked, said, at } = state;
  const isShare = ahead(state).some((one) => isWord(one, 'makes-up', 'in-percent', 'share'));
  const isAmount = (item: Item) =>
    isMeasure(item) || (isQuantity(state, item) && addsUp(state, item) && !isKey(item));
  const isFigure = asked.counting || asked.asks === 'how-much' || asked.shown.some(isAmount);
  if (isShare) return;
  if (!isFigure && asked.shown.length > 0) unread('a part of what');
  if (!isFigure) return;
  if (said.ofThose !== undefined) unread('parts of parts');
  said.ofThose = { conditions: asked.conditions.length, shown: asked.shown.length, at };
}

/** Shows the same figure of the part, or the one that is named behind the word. @throws Unread where nothing tells the part */
export function showOfThose(state: ParseState, thing: string): void {
  const { asked, said, phrases } = state;
  if (said.ofThose === undefined) return;
  const { conditions, shown, at } = said.ofThose;
  const part = asked.conditions.splice(conditions);
  if (part.length === 0 || asked.order !== undefined || asked.having.length > 0)
    unread('a part of what is asked');
  const heldTo = part.map((one) =>
    one.kind === 'without' ? unread('a part of what is absent') : one,
  );
  const [named, ...more] = asked.shown.splice(shown === 0 ? asked.shown.length : shown);
  if (more.length > 0) unread('a part of several figures');
  if (named !== undefined) {
    const isAmount = isMeasure(named) || (isQuantity(state, named) && addsUp(state, named));
    if (!isAmount) unread('a part of no figure');
    asked.shown.push(isMeasure(named) ? { ...named, heldTo } : { call: 'sum', of: named, heldTo });
    return;
  }
  // 每位经理的余额，其中单位的是多少.
  if (asked.groups.length > 0) {
    asked.shown = asked.shown.map((item) =>
      !isMeasure(item) && isQuantity(state, item) && addsUp(state, item)
        ? { call: 'sum', of: item }
        : item,
    );
  }
  const behind = phrases.slice(at);
  const counts = behind.some((one) => isWord(one, 'how-many') && !one.bare);
  const sums = behind.some((one) => isWord(one, 'how-much'));
  const [figure, ...others] = asked.shown.filter(isMeasure);
  if (figure === undefined || others.length > 0) unread('a part of which figure');
  const isCount = figure.call === 'count';
  if (counts && !isCount) asked.shown.push({ call: 'count', rows: thing, heldTo });
  else if (sums && isCount) asked.shown.push({ call: 'sum', of: soleAmount(state, thing), heldTo });
  else asked.shown.push({ ...figure, heldTo });
}

/** 只看还有余额的: those of which the figure is above 0, or what it comes to. @throws Unread where no figure follows */
export function takeSome(state: ParseState): void {
  const { asked } = state;
  const [next] = ahead(state);
  if (next?.kind !== 'column' || !isQuantity(state, next) || isKey(next)) unread('some of what');
  state.at++;
  const { table, column, minus } = next;
  const of = { table, column, ...(minus === undefined ? {} : { minus }) };
  if (asked.groups.length === 0) {
    asked.conditions.push({ kind: 'compare', column: of, sign: '>', value: 0 });
  } else asked.having.push({ measure: { call: 'sum', of }, sign: '>', value: 0 });
}
