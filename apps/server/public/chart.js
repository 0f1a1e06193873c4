import { isCode, isNumeric } from './format.js';

const DATE = /^\d{4}(-\d{2}(-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?)?)?$/;
const YEAR = /(^|_)year$|Year$/i;
const MOST_ROWS = 200;
const MOST_BARS = 30;

/**
 * Whether a result can be drawn: exactly one amount and exactly one label, date or year.
 *
 * @returns {{ kind: 'bar' | 'line', label: number, value: number } | null} column indexes
 */
export function chartFor(columns, rows) {
  if (rows.length < 2 || rows.length > MOST_ROWS) return null;
  const indexes = columns.map((_, index) => index);
  const year = (index) => YEAR.test(columns[index]);
  const amounts = indexes.filter((index) => isNumeric(rows, index) && !isCode(columns[index]));
  const labels = indexes.filter((index) => !isNumeric(rows, index) || year(index));
  if (amounts.length !== 1 || labels.length !== 1) return null;
  const [label] = labels;
  const [value] = amounts;
  const texts = rows.map((row) => String(row[label] ?? ''));
  if (new Set(texts).size !== rows.length) return null;
  const dated = texts.every((text) => DATE.test(text));
  return { kind: dated && rows.length > 2 ? 'line' : 'bar', label, value };
}

/** The chart as a figure; the libraries are loaded with the first one. */
export async function drawChart({ kind, label, value }, columns, rows, width) {
  const Plot = await loadPlot();
  const data = rows.map((row) => ({ label: row[label], value: row[value] }));
  const options = kind === 'line' ? line(Plot, data) : bars(Plot, data.slice(0, MOST_BARS));
  return Plot.plot({
    ...options,
    width,
    className: 'chart',
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none' },
    ariaLabel: `${kind === 'line' ? 'Line' : 'Bar'} chart of ${columns[value]} by ${columns[label]}`,
  });
}

/** What is drawn, and what is left out. */
export function chartCaption({ kind, label, value }, columns, rows) {
  const drawn =
    kind === 'bar' && rows.length > MOST_BARS
      ? `, the first ${MOST_BARS} of ${rows.length} rows`
      : '';
  return `${columns[value]} by ${columns[label]}${drawn}`;
}

function bars(Plot, data) {
  const labels = data.map(({ label }) => String(label ?? '(empty)'));
  const longest = Math.min(26, Math.max(...labels.map(textWidth)));
  return {
    marginLeft: 24 + longest * 6.6,
    marginRight: 24,
    marginTop: 6,
    marginBottom: 26,
    height: 32 + data.length * 28,
    x: { label: null, grid: true, nice: true, tickFormat: '~s', tickSize: 0 },
    y: { label: null, domain: labels, padding: 0.28, tickSize: 0, tickFormat: shorten },
    marks: [
      Plot.barX(data, {
        x: 'value',
        y: (row) => String(row.label ?? '(empty)'),
        fill: 'var(--accent)',
        rx2: 3,
        tip: { fill: 'var(--surface)', stroke: 'var(--line)' },
      }),
      Plot.ruleX([0], { stroke: 'var(--ink-2)' }),
    ],
  };
}

function line(Plot, data) {
  const points = data.map(({ label, value }) => ({ date: new Date(String(label)), value }));
  return {
    marginLeft: 48,
    marginTop: 12,
    marginRight: 24,
    height: 300,
    x: { type: 'utc', label: null },
    y: { label: null, grid: true, nice: true, tickFormat: '~s', tickSize: 0 },
    marks: [
      Plot.lineY(points, {
        x: 'date',
        y: 'value',
        stroke: 'var(--accent)',
        strokeWidth: 2,
        sort: 'date',
      }),
      points.length <= 40
        ? Plot.dot(points, { x: 'date', y: 'value', fill: 'var(--accent)', r: 3 })
        : null,
      Plot.tip(
        points,
        Plot.pointerX({ x: 'date', y: 'value', fill: 'var(--surface)', stroke: 'var(--line)' }),
      ),
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
