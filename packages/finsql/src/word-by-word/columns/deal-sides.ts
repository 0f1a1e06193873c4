/** What people say for the two sides of deals and of entries: buys for B, sales for SELL, debits for D. */

/** Codes of the two sides, and what is said of each. */
const SIDES: readonly (readonly [of: RegExp, first: string, second: string])[] = [
  [
    /side|direction|buy_?sell|b_?s$|action|(?:trade|deal|order|transaction|txn)_?type/i,
    'buy|buys|purchase|purchases|bought',
    'sell|sells|sale|sales|sold',
  ],
  [/side|dr_?cr|d_?c$|indicator|balance/i, 'debit|debits', 'credit|credits'],
  [
    /flow|side|direction|deal(?:ing)?_?type|(?:trade|order|transaction|txn)_?type/i,
    'subscription|subscriptions|subscribed',
    'redemption|redemptions|redeemed',
  ],
  [
    /distribution|dist_?(?:policy|type)|income_?(?:policy|type)/i,
    'accumulating|accumulation',
    'distributing|income',
  ],
  [
    /line_?type|element_?type|(?:pay|code)_?(?:type|class|kind)/i,
    'earning|earnings',
    'deduction|deductions',
  ],
];
const CODES: readonly (readonly (readonly [first: string, second: string])[])[] = [
  [
    ['B', 'S'],
    ['BUY', 'SELL'],
    ['BOT', 'SLD'],
  ],
  [
    ['D', 'C'],
    ['DR', 'CR'],
  ],
  [['SUB', 'RED']],
  [
    ['ACC', 'DIST'],
    ['ACC', 'DIS'],
    ['ACC', 'INC'],
  ],
  [
    ['E', 'D'],
    ['EARN', 'DED'],
  ],
];

/** The words for what a column holds that tells one of two sides; none for other columns. */
export function sidesOf(
  name: string,
  samples: readonly string[],
): readonly (readonly [words: string, code: string])[] {
  const [one, other, ...more] = samples;
  if (one === undefined || other === undefined || more.length > 0) return [];
  return SIDES.flatMap(([of, first, second], at) => {
    const codes = CODES[at]?.find((pair) =>
      pair.every((code) => samples.some((sample) => sample.toUpperCase() === code)),
    );
    if (codes === undefined || !of.test(name)) return [];
    const stored = (code: string) => (one.toUpperCase() === code ? one : other);
    return [first, second].flatMap((words, index) =>
      words.split('|').map((word) => [word, stored(codes[index] ?? '')] as const),
    );
  });
}
