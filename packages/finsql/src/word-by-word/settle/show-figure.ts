/** What rows are ordered by or held to, shown where that is said: `with the count`. */
import { isDeepStrictEqual } from 'node:util';
import type { ParseState } from '../model/parse-state.ts';
import { type Condition, columnOn, type Item } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** `top 3 customers by number of orders, with the count`. @throws Unread where nothing tells the figure */
export function showFigure({ asked, said }: ParseState): void {
  if (!said.figure) return;
  const [held, ...others] = asked.having;
  // `employers with at least four members; show how many each has`.
  const measured = asked.order?.by ?? (others.length === 0 ? held?.measure : undefined);
  const figure = measured ?? figureHeld(asked);
  if (figure === undefined) unread('a figure of no order');
  if (!asked.shown.some((item) => isDeepStrictEqual(item, figure))) asked.shown.push(figure);
}

/** `customers with a surcharge of 10 percent or more, and what is it`: what one condition compares. */
function figureHeld({ conditions }: ParseState['asked']): Item | undefined {
  const isOpen = (one: Condition) =>
    one.kind === 'compare' && one.sign !== '=' && typeof one.value === 'number';
  const [held, ...others] = conditions.filter(isOpen);
  return held !== undefined && others.length === 0 ? columnOn(held) : undefined;
}
