/** Draws a chart as SVG with Observable Plot; loaded with the first chart. */

import * as Plot from '@observablehq/plot';
import type { Rows } from './cells.ts';
import { type ChartChoice, MOST_BARS } from './chart-choice.ts';
import { isolated } from './direction.ts';
import { compact } from './format.ts';

type Row = Readonly<Record<string, unknown>>;

const TIP = { fill: 'var(--surface)', stroke: 'var(--line-strong)' } as const;
const ACCENT = 'var(--accent)';

/**
 * @param width in pixels
 * @param label what it shows, for screen readers
 */
export function drawChart(
  { kind, x, y }: ChartChoice,
  columns: readonly string[],
  rows: Rows,
  { width, label }: { readonly width: number; readonly label: string },
): SVGSVGElement {
  // Plot calls a channel by the field it reads, so the fields are called like the columns.
  const across = isolated(columns[x] ?? 'x');
  const name = y === null ? '' : isolated(columns[y] ?? 'y');
  const up = name === across ? `${name} ` : name;
  const data = rows.map((row) => {
    const first = row[x] ?? null;
    return {
      [across]:
        kind === 'line'
          ? dateOf(first)
          : kind === 'bar'
            ? isolated(String(first ?? '—'))
            : amount(first),
      ...(y === null ? {} : { [up]: amount(row[y] ?? null) }),
    };
  });
  const drawn = Plot.plot({
    ...DRAW[kind](data, across, up),
    width,
    className: 'chart',
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none' },
    ariaLabel: label,
  }) as SVGSVGElement;
  // Its rules are in chart.css: no element of the page may bring styles of its own.
  drawn.querySelector('style')?.remove();
  drawn.setAttribute('role', 'img');
  // The picture has one name; Plot also names its groups, which no role allows.
  for (const group of drawn.querySelectorAll('[aria-label]')) {
    group.setAttribute('data-mark', group.getAttribute('aria-label') ?? '');
    group.removeAttribute('aria-label');
  }
  return drawn;
}

const amount = (value: unknown) => (value === null ? null : Number(value));

const dateOf = (value: unknown) => new Date(String(value).replace(' ', 'T'));

const DRAW: Readonly<
  Record<ChartChoice['kind'], (data: readonly Row[], x: string, y: string) => Plot.PlotOptions>
> = {
  bar: (data, label, value) => {
    const shown = data.slice(0, MOST_BARS);
    const labels = [...new Set(shown.map((row) => String(row[label])))];
    const longest = Math.min(26, Math.max(...labels.map(textWidth)));
    return {
      marginLeft: 24 + longest * 6.6,
      marginRight: 24,
      marginTop: 6,
      marginBottom: 26,
      height: 32 + labels.length * 28,
      x: { label: null, grid: true, nice: true, tickFormat: compact, tickSize: 0 },
      y: { label: null, domain: labels, padding: 0.28, tickSize: 0, tickFormat: shorten },
      marks: [
        Plot.barX(shown, { x: value, y: label, fill: ACCENT, rx2: 3, tip: TIP }),
        Plot.ruleX([0], { stroke: 'var(--ink-2)' }),
      ],
    };
  },
  line: (data, date, value) => ({
    ...UPRIGHT,
    x: { type: 'utc', label: null },
    y: { label: null, grid: true, nice: true, tickFormat: compact, tickSize: 0 },
    marks: [
      Plot.lineY(data, { x: date, y: value, stroke: ACCENT, strokeWidth: 2, sort: date }),
      data.length <= 40 ? Plot.dot(data, { x: date, y: value, fill: ACCENT, r: 3 }) : null,
      Plot.tip(data, Plot.pointerX({ x: date, y: value, ...TIP })),
    ],
  }),
  scatter: (data, x, y) => ({
    ...UPRIGHT,
    marginBottom: 40,
    x: { label: x, nice: true, tickFormat: compact, tickSize: 0 },
    y: { label: y, grid: true, nice: true, tickFormat: compact, tickSize: 0 },
    marks: [Plot.dot(data, { x, y, fill: ACCENT, fillOpacity: 0.65, r: 3.5, tip: TIP })],
  }),
  histogram: (data, x) => ({
    ...UPRIGHT,
    marginBottom: 40,
    x: { label: x, nice: true, tickFormat: compact, tickSize: 0 },
    y: { label: null, grid: true, tickSize: 0 },
    marks: [
      Plot.rectY(data, { ...Plot.binX({ y: 'count' }, { x }), fill: ACCENT, inset: 1, tip: TIP }),
      Plot.ruleY([0], { stroke: 'var(--ink-2)' }),
    ],
  }),
};

const UPRIGHT = { marginLeft: 52, marginTop: 22, marginRight: 24, height: 300 } as const;

/** Width in Latin letters: Chinese characters take about two. */
const textWidth = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2E7F' ? 1.9 : 1), 0);

function shorten(text: string): string {
  let shown = '';
  for (const letter of text) {
    if (textWidth(shown + letter) > 25) return `${shown}…`;
    shown += letter;
  }
  return shown;
}
