/** Round figures to compare a column with: near its quantiles, and said in its unit. */
import type { Database } from '../../database/sqlite.ts';
import { quoteIdentifier } from '../../schema/identifiers.ts';
import type { Entry } from './slots.ts';

export type Unit = 'million' | 'thousand' | 'yuan' | 'percent' | 'count' | 'plain';

const QUANTILES = [0.15, 0.3, 0.5, 0.7, 0.85, 0.93] as const;
/** Leading figures of round numbers. */
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/**
 * Thresholds that divide the rows of `table`; none where the column is not one or holds no numbers.
 * @param unit what the stored figures count: million CNY, thousand CNY, …
 */
export function thresholds(
  database: Database,
  table: string,
  column: string,
  unit: Unit,
): readonly Entry[] {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(column)) return [];
  const from = `from ${quoteIdentifier(table)} where typeof(${quoteIdentifier(column)}) in ('real', 'integer')`;
  const count = database.prepare(`select count(*) ${from}`).pluck().get() as number;
  const at = database
    .prepare(`select ${quoteIdentifier(column)} ${from} order by 1 limit 1 offset ?`)
    .pluck();
  const figures = QUANTILES.map((quantile) => at.get(Math.floor(count * quantile)) as number)
    .filter((figure) => typeof figure === 'number' && figure > 0)
    .map((figure) => roundFigure(figure, Number.isInteger(figure) && unit === 'count'));
  return [...new Set(figures)].map((figure) => {
    const sql = String(figure);
    return {
      sql: { en: sql, zh: sql },
      words: { en: english(figure, unit), zh: chinese(figure, unit) },
      fields: new Map(),
    };
  });
}

function roundFigure(figure: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(figure));
  const lead = figure / power;
  const nearest = ROUND.reduce((best, next) =>
    Math.abs(next - lead) < Math.abs(best - lead) ? next : best,
  );
  const rounded = Number((nearest * power).toPrecision(2));
  return whole ? Math.max(1, Math.round(rounded)) : rounded;
}

function english(figure: number, unit: Unit): readonly string[] {
  switch (unit) {
    case 'million':
      return figure >= 1000
        ? [`${plain(figure / 1000)} billion yuan`, `${plain(figure)} million yuan`]
        : [`${plain(figure)} million yuan`, `${plain(figure)} million`];
    case 'thousand':
      return figure >= 1000
        ? [`${plain(figure / 1000)} million yuan`]
        : [`${plain(figure * 1000)} yuan`, `${plain(figure)} thousand yuan`];
    case 'yuan':
      return [`${plain(figure)} yuan`];
    case 'percent':
      return [`${plain(figure)} percent`, `${plain(figure)}%`];
    default:
      return [plain(figure)];
  }
}

function chinese(figure: number, unit: Unit): readonly string[] {
  switch (unit) {
    case 'million':
      return figure >= 100 ? [`${figure / 100}亿元`] : [`${figure * 100}万元`];
    case 'thousand':
      return [figure >= 10 ? `${figure / 10}万元` : `${figure * 1000}元`];
    case 'yuan':
      return [`${figure}元`];
    case 'percent':
      return [`${figure}%`];
    case 'count':
      return figure >= 10_000 ? [`${figure / 10_000}万`] : [String(figure)];
    default:
      return [String(figure)];
  }
}

/** Digits in groups of three. */
function plain(figure: number): string {
  return figure.toLocaleString('en-US', { maximumFractionDigits: 6 });
}
