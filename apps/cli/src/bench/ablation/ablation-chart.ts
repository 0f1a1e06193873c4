/** An ablation as an SVG: a bar for each stage, from the whole pipeline's accuracy to that without it. */
import { xmlText } from '../../chart/xml-text.ts';
import { type AblationRow, WHOLE } from './ablation-file.ts';

const WIDTH = 860;
const LINE = 24;
const MARGIN = { left: 170, right: 70, top: 64, bottom: 28 };

/** @param title what was measured; rows without the whole pipeline's give an empty chart */
export function ablationChart(rows: readonly AblationRow[], title: string): string {
  const whole = rows.find(({ without }) => without === WHOLE);
  const others = rows
    .filter((row) => row !== whole)
    .sort((a, b) => a.accuracy - b.accuracy || a.without.localeCompare(b.without));
  const height = MARGIN.top + LINE * others.length + MARGIN.bottom;
  const base = whole?.accuracy ?? 0;
  const values = [base, ...others.map(({ accuracy }) => accuracy)];
  const low = Math.floor(Math.min(...values) - 1);
  const high = Math.ceil(Math.max(...values) + 1);
  const x = (accuracy: number): number => {
    const share = (accuracy - low) / (high - low);
    return Math.round(10 * (MARGIN.left + share * (WIDTH - MARGIN.left - MARGIN.right))) / 10;
  };
  const bars = others.map(({ without, accuracy }, i) => {
    const y = MARGIN.top + i * LINE;
    const change = accuracy - base;
    const kind = change > 0 ? 'up' : 'down';
    const from = Math.min(x(accuracy), x(base));
    const width = Math.max(1, Math.abs(x(accuracy) - x(base)));
    const label = `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change).toFixed(1)}`;
    return `<g><title>without ${without}: ${accuracy.toFixed(1)} %</title><text x="${MARGIN.left - 10}" y="${y + 15}" text-anchor="end">${without}</text><rect class="${kind}" x="${from}" y="${y + 4}" width="${width.toFixed(1)}" height="${LINE - 8}"/><text x="${WIDTH - MARGIN.right + 10}" y="${y + 15}">${label}</text></g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${xmlText(title)}</title>`,
    '<style>text{fill:#333}.base{stroke:#8889}.down{fill:#bc4749}.up{fill:#6a994e}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>',
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">${xmlText(title)}</text>`,
    `<text x="${MARGIN.left}" y="46">accuracy without each stage; all of them: ${base.toFixed(1)} %</text>`,
    ...bars,
    `<line class="base" x1="${x(base)}" x2="${x(base)}" y1="${MARGIN.top - 6}" y2="${height - MARGIN.bottom}"/>`,
    '</svg>',
    '',
  ].join('\n');
}
