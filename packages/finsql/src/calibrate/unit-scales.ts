/** The unit in which a column holds amounts: 注册资本（万元）, `pay in thousand USD` in its comment, `fee_cents`. */
import { unitOf } from '../explain/units.ts';
import type { Column, Table } from '../schema/schema.ts';

const SIZES: ReadonlyMap<string, number> = new Map([
  ['百', 1e2],
  ['千', 1e3],
  ['万', 1e4],
  ['亿', 1e8],
  ['十', 10],
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
/** What is a part of a whole, or a part of the unit that amounts are said in. */
const NO_AMOUNT = /[%％‰分]|基点|\b(?:cents?|percent\w*|points?)\b/;

/** Parts of the unit that amounts are said in, in a name and in a comment. */
const CENTS_NAME = /(?:^|(?<!per)[_ ])(?:cents?|pence|fen)$/i;
/** `AmountCents`, and no `PerCent`. */
const CENTS_JOINED = /(?<!Per)(?<=[a-z])(?:Cents?|Pence)$/;
const CENTS_COMMENT =
  /\b(?:in|units?:) (?:US |euro )?(?:cents|pence)\b|[(（] ?(?:in )?(?:cents|pence) ?[)）]|^ ?(?:US |euro )?(?:cents|pence)\b/i;
/** 佣金, 分; of scores, 分 is a point. */
const CENTS_HAN = /(?:^|[,，;；] ?)(?:单位[:：为]? ?)?分(?=$|[,，;；。（(])/u;
const OF_POINTS = /[评得积打总]分|分[数值]|满意|score|rating|points?/iu;
export const CENTS = 100;
/** `budget_million`, `damage_millions_usd`. */
const UNIT_NAME = /_(thousand|million|billion)s?(?:_[a-z]{3})?$/i;
/** A comment that begins with nothing but the unit: `USD millions`, `thousands of shares`. */
const UNIT_ALONE =
  /^ ?(?:in )?(?:[A-Z]{3} )?(thousand|million|billion)s?(?=$|[,;]| of | [A-Z]{3}\b)/;

/** The same of a column of a table, whose own comment may tell it for all: `full year, USD millions`. */
export function unitScaleIn(table: Pick<Table, 'comment'>, column: Column): number | undefined {
  const isPlain = column.comment === '' && /^(?:integer|number)$/.test(column.kind);
  return (
    unitScale(column) ?? (isPlain ? unitScale({ name: '', comment: table.comment }) : undefined)
  );
}

/** What an amount is multiplied by to be compared with the column; undefined where nothing tells its unit. */
export function unitScale({ name, comment }: Pick<Column, 'name' | 'comment'>): number | undefined {
  // The end of a name, `_usd`, tells the currency and no size.
  const unit = unitOf({ name: '', comment }, 'en');
  const isOfPoints = OF_POINTS.test(`${name} ${comment}`);
  if (unit === '分' || CENTS_COMMENT.test(comment)) return isOfPoints ? undefined : CENTS;
  if (unit === undefined && CENTS_HAN.test(comment) && !isOfPoints) return CENTS;
  if (unit === undefined) {
    const written = UNIT_ALONE.exec(comment) ?? UNIT_NAME.exec(name);
    const size = SIZES.get(written?.[1]?.toLowerCase() ?? '');
    return size === undefined
      ? CENTS_NAME.test(name) || CENTS_JOINED.test(name)
        ? CENTS
        : undefined
      : 1 / size;
  }
  if (NO_AMOUNT.test(unit)) return undefined;
  const sizes = [...unit.matchAll(/[十百千万亿]|hundred|thousand|million|billion|trillion/g)];
  const size = sizes.reduce((product, [word]) => product * (SIZES.get(word) ?? 1), 1);
  return Number((1 / size).toPrecision(12));
}
