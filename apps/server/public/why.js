import { element } from './dom.js';

/** Tables that are shown although they were not chosen. */
const NEXT_BEST = 2;

/** "Why this SQL": what the pipeline chose and read, from the trace of the answer. */
export function whyView({ trace, explanation }) {
  const detail = (name) => trace.findLast((stage) => stage.name === name)?.detail;
  const { tables = [], values = [], exemplars = [] } = detail('retrieve') ?? {};
  const { repairs = [] } = detail('calibrate') ?? {};
  const { candidates: voters = [] } = detail('vote') ?? {};
  const { candidates = [] } = detail('repair') ?? {};
  const prompt = detail('prompt');
  return element(
    'section',
    { class: 'why', 'aria-labelledby': 'why-title' },
    element('h3', { id: 'why-title' }, 'Why this SQL'),
    listOf('explanation', explanation, (sentence) => [sentence]),
    part('Tables it chose', tables, tableScores),
    part('Values it found in the data', values, valueList),
    part('Similar questions whose SQL is known', exemplars, exemplarList),
    part('What was mended in the first SQL', repairs, repairList),
    part('Candidates and the votes of their results', voters, candidateList),
    part('Candidates of the second try', candidates, candidateList),
    prompt === undefined ? null : promptFold(prompt),
  );
}

/** A titled part, left out when there is nothing to show. */
const part = (title, items, content) =>
  items.length === 0
    ? null
    : element('div', { class: 'part' }, element('h4', {}, title), content(items));

const listOf = (name, items, content) =>
  items.length === 0
    ? null
    : element('ul', { class: name }, ...items.map((item) => element('li', {}, ...content(item))));

/** Scores are 0 to 1; the bar's length is the score. The best that did not get into the prompt are paler. */
function tableScores(tables) {
  const chosen = tables.filter((table) => table.chosen);
  const next = tables.filter((table) => !table.chosen).slice(0, NEXT_BEST);
  return element(
    'ul',
    { class: 'scores' },
    ...[...chosen, ...next].map(({ name, score, chosen: used, columns }) => {
      const fill = element('span', { class: 'fill' });
      fill.style.width = `${Math.round(Math.min(1, Math.max(0, score)) * 100)}%`;
      return element(
        'li',
        { class: used ? null : 'left-out' },
        element('span', { class: 'name' }, name),
        element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
        element(
          'span',
          { class: 'score' },
          element('span', { class: 'visually-hidden' }, 'score '),
          score.toFixed(2),
        ),
        columns.length === 0 ? null : element('span', { class: 'columns' }, columns.join(', ')),
      );
    }),
  );
}

const valueList = (values) =>
  listOf('values', values, ({ table, column, value }) => [
    element('q', {}, value),
    ' in ',
    element('code', {}, `${table}.${column}`),
  ]);

const exemplarList = (exemplars) =>
  listOf('exemplars', exemplars, ({ question, sql, similarity }) => [
    element('span', { class: 'similarity' }, similarity.toFixed(2)),
    element('span', {}, question),
    element('code', {}, sql),
  ]);

const repairList = (repairs) =>
  listOf('repairs', repairs, ({ before, after }) => [
    element('del', {}, element('code', {}, before)),
    ' became ',
    element('ins', {}, element('code', {}, after)),
  ]);

const candidateList = (candidates) =>
  listOf('candidates', candidates, ({ sql, votes, error }) => [
    element(
      'span',
      { class: 'votes' },
      error === null ? `${votes} of ${candidates.length} agree` : 'does not run',
    ),
    element('code', {}, sql),
  ]);

const promptFold = ({ text, tokens }) =>
  element(
    'details',
    { class: 'prompt' },
    element('summary', {}, `The prompt that the model read (${tokens} tokens)`),
    element('pre', { tabindex: '0' }, text),
  );
