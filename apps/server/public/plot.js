import { MOST_BARS } from './chart.js';

const TIP = { fill: 'var(--surface)', stroke: 'var(--line-strong)' };

/**
 * Draws a chart as SVG. The libraries are loaded with the first one.
 *
 * @param {{ kind: 'bar' | 'line', label: number, value: number }} chart from `chartFor`
 * @param {number} width in pixels
 */
export async function drawChart({ kind, label, value }, columns, rows, width) {
  const Plot = await loadPlot();
  // Plot calls a channel by the field it reads, so the fields are called like the columns.
  const names =
    columns[label] === columns[value] ? ['label', 'value'] : [columns[label], columns[value]];
  const data = rows.map((row) => ({
    [names[0]]: kind === 'line' ? new Date(String(row[label])) : String(row[label] ?? '(empty)'),
    [names[1]]: row[value],
  }));
  const draw = kind === 'line' ? line : bars;
  return Plot.plot({
    ...draw(Plot, data, ...names),
    width,
    className: 'chart',
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none' },
    ariaLabel: `${kind === 'line' ? 'Line' : 'Bar'} chart of ${columns[value]} by ${columns[label]}`,
  });
}

function bars(Plot, data, label, value) {
  const shown = data.slice(0, MOST_BARS);
  const labels = shown.map((row) => row[label]);
  const longest = Math.min(26, Math.max(...labels.map(textWidth)));
  return {
    marginLeft: 24 + longest * 6.6,
    marginRight: 24,
    marginTop: 6,
    marginBottom: 26,
    height: 32 + shown.length * 28,
    x: { label: null, grid: true, nice: true, tickFormat: '~s', tickSize: 0 },
    y: { label: null, domain: labels, padding: 0.28, tickSize: 0, tickFormat: shorten },
    marks: [
      Plot.barX(shown, { x: value, y: label, fill: 'var(--accent)', rx2: 3, tip: TIP }),
      Plot.ruleX([0], { stroke: 'var(--ink-2)' }),
    ],
  };
}

function line(Plot, data, label, value) {
  const channels = { x: label, y: value };
  return {
    marginLeft: 48,
    marginTop: 12,
    marginRight: 24,
    height: 300,
    x: { type: 'utc', label: null },
    y: { label: null, grid: true, nice: true, tickFormat: '~s', tickSize: 0 },
    marks: [
      Plot.lineY(data, { ...channels, stroke: 'var(--accent)', strokeWidth: 2, sort: label }),
      data.length <= 40 ? Plot.dot(data, { ...channels, fill: 'var(--accent)', r: 3 }) : null,
      Plot.tip(data, Plot.pointerX({ ...channels, ...TIP })),
    ],
  };
}

/** Width in Latin letters: Chinese characters take about two. */
const textWidth = (text) =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2E7F' ? 1.9 : 1), 0);

function shorten(text) {
  let shown = '';
  for (const letter of text) {
    if (textWidth(shown + letter) > 25) return `${shown}…`;
    shown += letter;
  }
  return shown;
}

let loading;

function loadPlot() {
  loading ??= loadScript('/vendor/d3.js')
    .then(() => loadScript('/vendor/plot.js'))
    .then(() => globalThis.Plot);
  return loading;
}

function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${source} could not be loaded`)));
    document.head.append(script);
  });
}
