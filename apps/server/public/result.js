import { chartCaption, chartFor } from './chart.js';
import { downloadCsv } from './csv.js';
import { element } from './dom.js';
import { cellFormat, count, isCode, isNumeric } from './format.js';
import { drawChart } from './plot.js';

/** The rows of an answer: a figure when there is just one value, else a chart where one fits, and a table. */
export function resultView({ columns, rows, truncated }, question) {
  const view = element('section', { class: 'result', 'aria-label': 'Result' });
  if (rows.length === 0) {
    view.append(element('p', { class: 'empty' }, 'No rows'));
    return view;
  }
  if (rows.length === 1 && columns.length === 1) {
    view.append(
      element(
        'p',
        { class: 'figure' },
        element(
          'span',
          { class: 'value' },
          cellFormat(columns[0], rows[0])(rows[0][0]) || '(empty)',
        ),
        element('span', { class: 'name' }, columns[0]),
      ),
    );
    return view;
  }
  const chart = chartFor(columns, rows);
  if (chart !== null) view.append(chartView(chart, columns, rows));
  view.append(tableView(columns, rows));
  view.append(
    element(
      'div',
      { class: 'table-foot' },
      element(
        'span',
        { class: truncated ? 'truncated' : '' },
        truncated ? `The first ${count(rows.length, 'row')}` : count(rows.length, 'row'),
      ),
      element(
        'button',
        {
          class: 'quiet',
          type: 'button',
          onclick: () => downloadCsv(fileName(question), columns, rows),
        },
        'Download CSV',
      ),
    ),
  );
  return view;
}

function tableView(columns, rows) {
  const numeric = columns.map((_, index) => isNumeric(rows, index));
  const formats = columns.map((name, index) =>
    cellFormat(
      name,
      rows.map((row) => row[index]),
    ),
  );
  const side = (index) => (numeric[index] && !isCode(columns[index]) ? 'number' : null);
  const head = element(
    'tr',
    {},
    ...columns.map((name, index) => element('th', { scope: 'col', class: side(index) }, name)),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((value, index) =>
        value === null
          ? element('td', { class: 'null' }, 'empty')
          : element('td', { class: side(index) }, formats[index](value)),
      ),
    ),
  );
  return element(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows' },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}

/** Drawn when the page has laid it out, because its width is needed; again when that changes. */
function chartView(chart, columns, rows) {
  const figure = element('figure', { class: 'plot' });
  const caption = element('figcaption', {}, chartCaption(chart, columns, rows));
  let drawnAt = 0;
  new ResizeObserver(async ([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width === 0 || Math.abs(width - drawnAt) < 8) return;
    drawnAt = width;
    try {
      const plot = await drawChart(chart, columns, rows, width);
      figure.replaceChildren(caption, plot);
    } catch {
      figure.remove();
    }
  }).observe(figure);
  return figure;
}

const fileName = (question) =>
  question
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .toLowerCase() || 'answer';
