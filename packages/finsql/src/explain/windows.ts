/** What OVER makes of a value, in words: `sum(x) over (partition by a)` → the total of x (within each a). */
import type { WindowWords } from '../wording/wording.ts';
import type { Expression, Over } from './ast.ts';
import { windowOf } from './window-spelling.ts';

/** How an expression is said. */
type Say = (expression: Expression) => string;

/** @param value what the aggregate gives of all rows, in words */
export function aggregateOver(value: string, over: Over, words: WindowWords, say: Say): string {
  const { order, frame } = windowOf(over);
  const isRunning = order.length > 0 && frame === '';
  return among(isRunning ? words.upToRow(value) : value, over, words, say);
}

/** @param args of the call, in words */
export function callOver(
  name: string,
  args: readonly string[],
  over: Over,
  words: WindowWords,
  say: Say,
): string {
  return among(called(name, args, words), over, words, say);
}

function called(name: string, args: readonly string[], words: WindowWords): string {
  const [value = '', count = '1', otherwise] = args;
  switch (name.toLowerCase()) {
    case 'lag':
      return words.rowBefore(value, count, otherwise);
    case 'lead':
      return words.rowAfter(value, count, otherwise);
    case 'rank':
      return words.rank;
    case 'dense_rank':
      return words.denseRank;
    case 'row_number':
      return words.rowNumber;
    case 'ntile':
      return words.equalPart(value);
    default:
      return `${name}(${args.join(', ')})`;
  }
}

function among(value: string, over: Over, words: WindowWords, say: Say): string {
  const { partition, order, frame } = windowOf(over);
  return words.among(value, {
    groups: partition.map(say),
    orders: order.map(({ expr, type }) => ({ value: say(expr), descending: type === 'DESC' })),
    frame,
  });
}
