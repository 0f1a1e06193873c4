import { element } from './dom.js';

/** "Why this SQL": what the pipeline chose and read, from the trace of the answer. */
export function whyView({ trace, explanation }) {
  const detail = (name) => trace.findLast((stage) => stage.name === name)?.detail ?? {};
  const { tables = [], values = [], exemplars = [] } = detail('retrieve');
  const { text: prompt, tokens } = detail('prompt');
  return element(
    'section',
    { class: 'why', 'aria-labelledby': 'why-title' },
    element('h3', { id: 'why-title' }, 'Why this SQL'),
    explanation.length === 0 ? null : explained(explanation),
    tables.length === 0 ? null : part('Tables it chose', tableScores(tables)),
    values.length === 0 ? null : part('Values it found in the data', valueList(values)),
    exemplars.length === 0 ? null : part('Similar questions it has seen', exemplarList(exemplars)),
    prompt === undefined ? null : promptFold(prompt, tokens),
  );
}

const part = (title, content) =>
  element('div', { class: 'part' }, element('h4', {}, title), content);

const explained = (sentences) =>
  element(
    'ul',
    { class: 'explanation' },
    ...sentences.map((sentence) => element('li', {}, sentence)),
  );

/** Scores are 0 to 1; the bar's length is the score. Tables that did not get into the prompt are paler. */
function tableScores(tables) {
  return element(
    'ul',
    { class: 'scores' },
    ...tables.map(({ name, score, chosen, columns }) => {
      const fill = element('span', { class: 'fill' });
      fill.style.width = `${Math.round(Math.min(1, Math.max(0, score)) * 100)}%`;
      return element(
        'li',
        { class: chosen === false ? 'left-out' : null },
        element('span', { class: 'name' }, name),
        element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
        element(
          'span',
          { class: 'score' },
          element('span', { class: 'visually-hidden' }, 'score '),
          score.toFixed(2),
        ),
        columns === undefined || columns.length === 0
          ? null
          : element('span', { class: 'columns' }, columns.join(', ')),
      );
    }),
  );
}

const valueList = (values) =>
  element(
    'ul',
    { class: 'values' },
    ...values.map(({ table, column, value }) =>
      element('li', {}, element('q', {}, value), ' in ', element('code', {}, `${table}.${column}`)),
    ),
  );

const exemplarList = (exemplars) =>
  element(
    'ul',
    { class: 'exemplars' },
    ...exemplars.map(({ question, sql }) =>
      element('li', {}, element('span', {}, question), element('code', {}, sql)),
    ),
  );

const promptFold = (prompt, tokens) =>
  element(
    'details',
    { class: 'prompt' },
    element(
      'summary',
      {},
      `The prompt that the model read${tokens === undefined ? '' : ` (${tokens} tokens)`}`,
    ),
    element('pre', { tabindex: '0' }, prompt),
  );
