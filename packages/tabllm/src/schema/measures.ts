/**
 * Stretches of time, weights and lengths in several units, as in `18 months`, `2 yrs 3 mos` and `2年`: each cell in
 * the first unit of its measure. Of a column in one unit, this is part of how numbers are written (`suffix`).
 */

/** Units by their spellings, with how many of the first ones they are. */
const UNITS = {
  calendar: {
    'd day days tag tage 天 日': 1,
    'w wk wks week weeks woche wochen 周': 7,
    'm mo mos mon mons mth mths month months monat monate 月 个月 個月': 30.4375,
    'y yr yrs year years j jahr jahre 年': 365.25,
  },
  clock: {
    's sec secs second seconds sek sekunden 秒': 1,
    'm min mins minute minutes minuten 分 分钟': 60,
    'h hr hrs hour hours std stunde stunden 时 小时': 3600,
    'd day days tag tage 天 日': 86_400,
    'w wk wks week weeks woche wochen 周': 604_800,
  },
  mass: { mg: 0.001, 'g 克': 1, 'kg kgs 公斤 千克': 1000, 't to tons tonnes 吨': 1_000_000 },
  length: { mm: 1, cm: 10, 'm 米': 1000, 'km 公里': 1_000_000 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

export type Measure = keyof typeof UNITS;

export const MEASURES = Object.keys(UNITS) as [Measure, ...Measure[]];

const FACTORS = new Map(
  MEASURES.map((measure) => [
    measure,
    new Map(
      Object.entries(UNITS[measure]).flatMap(([names, factor]) =>
        names.split(' ').map((name): [string, number] => [name, factor]),
      ),
    ),
  ]),
);

/** A number, its unit, and what may stand before the next one. */
const PART = /(\d[\d.,]*)[ \u00a0]?(\p{L}+?)(?:零|\.?,?(?:[ \u00a0](?:and |und )?)?)(?=\d|$)/uy;

/**
 * The one measure of which every cell is; null where there is none, or all cells are in one unit.
 * @param cells those of a column, trimmed @param readDigits the number of a cell without its unit
 */
export function commonMeasure(
  cells: readonly string[],
  readDigits: (digits: string) => number | null,
): Measure | null {
  const units = new Set<string>();
  for (const cell of cells) for (const { unit } of partsOf(cell) ?? []) units.add(unit);
  if (units.size < 2) return null;
  return (
    MEASURES.find((measure) =>
      cells.every((cell) => readMeasure(cell, measure, readDigits) !== null),
    ) ?? null
  );
}

/** The number of a cell in the first unit of its measure; null for what is none. A 0 needs no unit. */
export function readMeasure(
  cell: string,
  measure: Measure,
  readDigits: (digits: string) => number | null,
): number | null {
  if (cell === '0') return 0;
  const negative = cell.startsWith('-');
  const factors = FACTORS.get(measure);
  let [sum, before] = [0, Number.POSITIVE_INFINITY];
  for (const { digits, unit } of partsOf(negative ? cell.slice(1) : cell) ?? []) {
    const factor = factors?.get(unit.toLowerCase());
    const value = readDigits(digits);
    // From the largest unit to the smallest.
    if (factor === undefined || value === null || factor >= before) return null;
    sum += value * factor;
    before = factor;
  }
  if (before === Number.POSITIVE_INFINITY) return null;
  return negative ? -sum : sum;
}

/** Null for a cell that is more than numbers and units. */
function partsOf(cell: string): { readonly digits: string; readonly unit: string }[] | null {
  const parts: { digits: string; unit: string }[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < cell.length) {
    const found = PART.exec(cell);
    if (found === null) return null;
    parts.push({ digits: found[1] as string, unit: found[2] as string });
  }
  return parts;
}
