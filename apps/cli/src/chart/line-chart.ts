/** Lines over a few ordered positions, as an SVG that follows the reader's colour scheme. */
import { xmlText } from './xml-text.ts';

const WIDTH = 860;
const HEIGHT = 460;
const MARGIN = { left: 64, top: 48, bottom: 52 };
/** Of a letter of a name, on average and rather too much. */
const LETTER = 6.5;
const COLOURS = [
  ...['#2a6f97', '#b5651d', '#6a994e', '#bc4749', '#7b5ea7'],
  ...['#5a6a72', '#c9a227', '#008f8c', '#d16ba5', '#8c6d46'],
];

export interface LineChart {
  readonly title: string;
  /** What the positions count. */
  readonly across: string;
  readonly lines: readonly Line[];
  /** Distance of two grid lines. */
  readonly step: number;
  /** Decimals of the grid's labels, and of the values in the points' titles. */
  readonly decimals: readonly [grid: number, point: number];
}

export interface Line {
  readonly name: string;
  /** At least one; positions are spaced evenly, whatever their distance. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

export function lineChart({ lines, step, decimals, ...words }: LineChart): string {
  const [title, across] = [xmlText(words.title), xmlText(words.across)];
  const points = lines.flatMap((line) => line.points);
  const positions = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const values = points.map(({ value }) => value);
  const low = Math.floor(Math.min(...values) / step) * step;
  const high = Math.ceil(Math.max(...values) / step) * step;
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const right = WIDTH - Math.max(130, 20 + LETTER * longest);
  const x = (at: number): number =>
    between(positions.indexOf(at), 0, positions.length - 1, MARGIN.left, right);
  const y = (value: number): number =>
    between(value, low, high, HEIGHT - MARGIN.bottom, MARGIN.top);
  const grid = Array.from(
    { length: Math.round((high - low) / step) + 1 },
    (_, i) => low + i * step,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    '<style>text{fill:#333}.grid{stroke:#8885}.line{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>',
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">${title}</text>`,
    ...grid.map(
      (value) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/><text x="${MARGIN.left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(decimals[0])}</text>`,
    ),
    ...positions.map(
      (at) =>
        `<text x="${x(at)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${at}</text>`,
    ),
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${across}</text>`,
    ...lines.map((line, i) => drawLine(line, colour(i), across, decimals[1], x, y)),
    ...names(lines, right + 10, y),
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(
  { name, points }: Line,
  stroke: string,
  across: string,
  decimals: number,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const corners = sorted.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ');
  const dots = sorted.map(
    ({ at, value }) =>
      `<circle cx="${x(at)}" cy="${y(value)}" r="3.5" fill="${stroke}"><title>${xmlText(name)}, ${at} ${across}: ${value.toFixed(decimals)}</title></circle>`,
  );
  return `<polyline class="line" stroke="${stroke}" points="${corners}"/>${dots.join('')}`;
}

/** Names at the ends of the lines, moved apart where they would cover each other. */
function names(lines: readonly Line[], x: number, y: (value: number) => number): string[] {
  let free = 0;
  return lines
    .map(({ name, points }, i) => {
      const last = points.reduce((best, point) => (point.at > best.at ? point : best));
      return { name, fill: colour(i), at: y(last.value) };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ name, fill, at }) => {
      const line = Math.max(at, free);
      free = line + 14;
      return `<text x="${x}" y="${line + 4}" style="fill:${fill}">${xmlText(name)}</text>`;
    });
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] as string;
}

function between(value: number, low: number, high: number, from: number, to: number): number {
  return Math.round((from + ((value - low) / (high - low || 1)) * (to - from)) * 10) / 10;
}
