import { byId, element } from './dom.js';
import { count } from './format.js';

const OVERVIEW_TABLES = 12;

/** Shows what the picked database holds: all of it in the fold, the first tables below the question. */
export function showSchema(tables) {
  const list = byId('schema-tables');
  const filter = byId('schema-filter');
  const entries = tables.map((table) => ({
    name: table.name,
    words: wordsOf(table),
    node: tableFold(table),
  }));
  list.replaceChildren(...entries.map(({ node }) => node));
  filter.value = '';
  filter.oninput = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const { words, node } of entries) {
      node.hidden = !words.includes(wanted);
      node.open = wanted !== '' && !node.hidden;
    }
  };
  byId('schema').hidden = tables.length === 0;
  showOverview(tables, (name) => {
    const { node } = entries.find((entry) => entry.name === name);
    byId('schema').open = true;
    node.open = true;
    node.querySelector('summary').focus();
    node.scrollIntoView({ block: 'nearest' });
  });
}

function showOverview(tables, onOpen) {
  const cards = tables
    .slice(0, OVERVIEW_TABLES)
    .map(({ name, comment, rowCount }) =>
      element(
        'li',
        {},
        element(
          'button',
          { type: 'button', onclick: () => onOpen(name) },
          element('span', { class: 'name' }, name),
          comment === '' ? null : element('span', { class: 'comment' }, readable(comment)),
          rowCount === undefined
            ? null
            : element('span', { class: 'amount' }, count(rowCount, 'row')),
        ),
      ),
    );
  byId('overview-tables').replaceChildren(...cards);
  byId('overview-more').textContent =
    tables.length > OVERVIEW_TABLES
      ? `and ${count(tables.length - OVERVIEW_TABLES, 'more table')}`
      : '';
  byId('overview').hidden = tables.length === 0;
}

function tableFold({ name, comment, rowCount, columns, foreignKeys }) {
  return element(
    'details',
    { class: 'schema-table' },
    element(
      'summary',
      { title: comment || null },
      element('span', { class: 'name' }, name),
      rowCount === undefined ? null : element('span', { class: 'amount' }, count(rowCount, 'row')),
    ),
    comment === '' ? null : element('p', { class: 'comment' }, readable(comment)),
    element(
      'ul',
      {},
      ...columns.map((column) => {
        const key = foreignKeys.find((foreignKey) => foreignKey.column === column.name);
        return element(
          'li',
          {},
          element('span', { class: 'name' }, column.name),
          element(
            'span',
            { class: 'type' },
            column.primaryKey ? `${column.type} key` : column.type,
          ),
          column.comment === ''
            ? null
            : element('span', { class: 'comment' }, readable(column.comment)),
          key === undefined
            ? null
            : element('span', { class: 'comment' }, `→ ${key.table}.${key.target}`),
        );
      }),
    ),
  );
}

const wordsOf = ({ name, comment, columns }) =>
  [name, comment, ...columns.flatMap((column) => [column.name, column.comment])]
    .join(' ')
    .toLowerCase();

/** Comments in two languages are written `English | Chinese`. */
const readable = (comment) => comment.replaceAll(' | ', ', ');
