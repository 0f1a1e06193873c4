/** The comparison of methods as an SVG: for each task the held-out loss against the trained parameters. */
import { xmlText } from '../../chart/xml-text.ts';
import { BASE_ROW, type MeasuredMethod } from './measure-method.ts';

const WIDTH = 860;
const HEIGHT = 420;
const MARGIN = { left: 64, right: 150, top: 48, bottom: 48 };

/** A chart for each task below each other; colours follow the reader's scheme. */
export function methodsChart(results: readonly MeasuredMethod[]): string {
  const tasks = [...new Set(results.map(({ task }) => task))];
  const panels = tasks.map((task, i) => {
    const rows = results.filter((row) => row.task === task);
    return `<g transform="translate(0 ${i * HEIGHT})">${panel(task, rows)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT * tasks.length}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    '<title>Held-out loss of every method against its trained parameters</title>',
    '<style>text{fill:#333}.grid{stroke:#8885}.dot{fill:#2a6f97}.base{stroke:#b5651d;stroke-dasharray:4 3}.halo{paint-order:stroke;stroke:#fff;stroke-width:3px}@media(prefers-color-scheme:dark){text{fill:#ddd}.halo{stroke:#0d1117}.dot{fill:#7fb7d6}}</style>',
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function panel(task: string, rows: readonly MeasuredMethod[]): string {
  const methods = rows.filter(({ trainedParameters }) => trainedParameters > 0);
  const base = rows.find(({ method }) => method === BASE_ROW);
  const losses = methods.map(({ heldOutLoss }) => heldOutLoss);
  // The base's loss would flatten the rest; it is drawn where it fits.
  const low = Math.min(...losses) * 0.98;
  const high = Math.max(...losses) * 1.02;
  const counts = methods.map(({ trainedParameters }) => Math.log10(trainedParameters));
  const [few, many] = [Math.floor(Math.min(...counts)), Math.ceil(Math.max(...counts))];
  const x = (count: number): number =>
    scale(Math.log10(count), few, many, MARGIN.left, WIDTH - MARGIN.right);
  const y = (loss: number): number => scale(loss, low, high, HEIGHT - MARGIN.bottom, MARGIN.top);
  const vertical = Array.from({ length: many - few + 1 }, (_, i) => 10 ** (few + i)).map(
    (count) =>
      `<line class="grid" x1="${x(count)}" x2="${x(count)}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}"/><text x="${x(count)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${power(count)}</text>`,
  );
  const horizontal = Array.from({ length: 5 }, (_, i) => low + ((high - low) * i) / 4).map(
    (loss) =>
      `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(loss)}" y2="${y(loss)}"/><text x="${MARGIN.left - 8}" y="${y(loss) + 4}" text-anchor="end">${loss.toFixed(2)}</text>`,
  );
  const untouched =
    base && base.heldOutLoss <= high && base.heldOutLoss >= low
      ? `<line class="base" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(base.heldOutLoss)}" y2="${y(base.heldOutLoss)}"/>`
      : '';
  const baseNote = base ? `; base ${base.heldOutLoss.toFixed(2)}` : '';
  return [
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">${xmlText(task)}: held-out loss against trained parameters${baseNote}</text>`,
    ...vertical,
    ...horizontal,
    untouched,
    ...labels(methods, x, y),
  ].join('\n');
}

/** Dots with their names; a name that would cover another is moved down. */
function labels(
  methods: readonly MeasuredMethod[],
  x: (count: number) => number,
  y: (loss: number) => number,
): string[] {
  const taken: { readonly x: number; readonly y: number }[] = [];
  return [...methods]
    .sort((a, b) => b.heldOutLoss - a.heldOutLoss)
    .map(({ method, trainedParameters, heldOutLoss, tokensPerSecond, peakBytes }) => {
      const at = { x: x(trainedParameters), y: y(heldOutLoss) };
      let line = at.y + 4;
      while (
        taken.some((other) => Math.abs(other.x - at.x) < 90 && Math.abs(other.y - line) < 12)
      ) {
        line += 12;
      }
      taken.push({ x: at.x, y: line });
      const more = `${tokensPerSecond.toFixed(0)} tokens/s, ${(peakBytes / 1e9).toFixed(2)} GB`;
      return `<g><title>${xmlText(method)}: loss ${heldOutLoss.toFixed(3)}, ${more}</title><circle class="dot" cx="${at.x}" cy="${at.y}" r="4"/><text class="halo" x="${at.x + 8}" y="${line}">${xmlText(method)}</text></g>`;
    });
}

function scale(value: number, low: number, high: number, from: number, to: number): number {
  return Math.round((from + ((value - low) / (high - low || 1)) * (to - from)) * 10) / 10;
}

function power(count: number): string {
  const units = ['', 'k', 'M', 'G'];
  const step = Math.floor(Math.log10(count) / 3);
  return `${count / 1000 ** step}${units[step]}`;
}
