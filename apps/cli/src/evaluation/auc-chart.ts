/** Macro mean AUC of every method against the number of labelled rows, as an SVG. */
import type { MacroMean } from '@quaestor/tabllm';

const WIDTH = 860;
const HEIGHT = 460;
const MARGIN = { left: 64, right: 130, top: 48, bottom: 52 };
const COLOURS = ['#2a6f97', '#b5651d', '#6a994e', '#bc4749', '#7b5ea7', '#5a6a72', '#c9a227'];

/** @param title what the means are of */
export function aucChart(means: readonly MacroMean[], title: string): string {
  const methods = [...new Set(means.map(({ method }) => method))];
  const shots = [...new Set(means.map(({ k }) => k))].sort((a, b) => a - b);
  const values = means.map(({ mean }) => mean);
  const low = Math.floor(Math.min(...values) * 20) / 20;
  const high = Math.ceil(Math.max(...values) * 20) / 20;
  const x = (k: number): number =>
    between(shots.indexOf(k), 0, shots.length - 1, MARGIN.left, WIDTH - MARGIN.right);
  const y = (auc: number): number => between(auc, low, high, HEIGHT - MARGIN.bottom, MARGIN.top);
  const steps = Array.from(
    { length: Math.round((high - low) / 0.05) + 1 },
    (_, i) => low + i * 0.05,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    '<style>text{fill:#333}.grid{stroke:#8885}.line{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>',
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">${title}</text>`,
    ...steps.map(
      (auc) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(auc)}" y2="${y(auc)}"/><text x="${MARGIN.left - 8}" y="${y(auc) + 4}" text-anchor="end">${auc.toFixed(2)}</text>`,
    ),
    ...shots.map(
      (k) =>
        `<text x="${x(k)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${k}</text>`,
    ),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">labelled rows</text>`,
    ...methods.map((method, i) =>
      line(
        means.filter((mean) => mean.method === method).sort((a, b) => a.k - b.k),
        COLOURS[i % COLOURS.length] as string,
        (k) => x(k),
        y,
      ),
    ),
    ...names(means, methods, y),
    '</svg>',
    '',
  ].join('\n');
}

function line(
  means: readonly MacroMean[],
  colour: string,
  x: (k: number) => number,
  y: (auc: number) => number,
): string {
  const points = means.map(({ k, mean }) => `${x(k)},${y(mean)}`).join(' ');
  const dots = means.map(
    ({ method, k, mean }) =>
      `<circle cx="${x(k)}" cy="${y(mean)}" r="3.5" fill="${colour}"><title>${method}, ${k} labelled rows: ${mean.toFixed(3)}</title></circle>`,
  );
  return `<polyline class="line" stroke="${colour}" points="${points}"/>${dots.join('')}`;
}

/** Names at the ends of the lines, moved apart where they would cover each other. */
function names(
  means: readonly MacroMean[],
  methods: readonly string[],
  y: (auc: number) => number,
): string[] {
  const ends = methods.map((method, i) => {
    const own = means.filter((mean) => mean.method === method);
    const last = own.reduce((best, mean) => (mean.k > best.k ? mean : best));
    return { method, colour: COLOURS[i % COLOURS.length] as string, at: y(last.mean) };
  });
  let free = 0;
  return ends
    .sort((a, b) => a.at - b.at)
    .map(({ method, colour, at }) => {
      const line = Math.max(at, free);
      free = line + 14;
      return `<text x="${WIDTH - MARGIN.right + 10}" y="${line + 4}" style="fill:${colour}">${method}</text>`;
    });
}

function between(value: number, low: number, high: number, from: number, to: number): number {
  return Math.round((from + ((value - low) / (high - low || 1)) * (to - from)) * 10) / 10;
}
