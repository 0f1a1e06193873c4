import { element } from './dom.js';
import { count, duration } from './format.js';
import { resultView } from './result.js';
import { sqlBlock } from './sql.js';
import { stageSummary } from './stages.js';
import { whyView } from './why.js';

/** A whole answer: result first, then the SQL, then the reasons. */
export function answerView({ question, database, answer }) {
  return card(
    question,
    database,
    ...answer.warnings.map((warning) => element('p', { class: 'notice' }, warning)),
    resultView(answer, question),
    confidenceView(answer.confidence),
    sqlView(answer.sql),
    whyView(answer),
    stageSummary(answer.trace, stageDetail),
  );
}

const confidenceView = (confidence) =>
  confidence === null
    ? null
    : element(
        'p',
        { class: 'fine', title: 'Measured on questions whose right answer is known.' },
        `Confidence ${Math.round(confidence * 100)} %`,
      );

/** A question that got no answer, with one clear sentence and a way on. */
export function problemView({ question, database, problem }, onRetry) {
  return card(
    question,
    database,
    element(
      'div',
      { class: 'problem', role: 'alert' },
      element('p', {}, problem.message),
      problem.code === 'internal' && problem.requestId !== null
        ? element('p', { class: 'fine' }, `Request ${problem.requestId}`)
        : null,
      element('button', { type: 'button', class: 'quiet', onclick: onRetry }, 'Ask again'),
    ),
  );
}

/** A question that is being answered: the stages as they come. */
export const runningView = (question, database, stages) => card(question, database, stages.element);

/** What a stage did, in a few words. */
export function stageDetail({ name, detail }) {
  const describe = STAGE_DETAILS[name];
  return describe === undefined ? '' : describe(detail);
}

const STAGE_DETAILS = {
  introspect: ({ tables, columns }) => `${count(tables, 'table')}, ${count(columns, 'column')}`,
  retrieve: ({ tables }) =>
    tables
      .filter(({ chosen }) => chosen)
      .map((table) => table.name)
      .join(', '),
  prompt: ({ tokens }) => count(tokens, 'token'),
  generate: ({ tokens }) => count(tokens, 'token'),
  calibrate: ({ repairs }) =>
    repairs.length === 0 ? 'nothing to mend' : count(repairs.length, 'repair'),
  vote: ({ candidates }) => count(candidates.length, 'candidate'),
  execute: ({ rows, error }) => error ?? count(rows, 'row'),
  repair: ({ candidates }) => count(candidates.length, 'candidate'),
};

/** One sentence for screen readers. */
export const announcementFor = ({ rows, trace }) =>
  `Answered in ${duration(trace.reduce((sum, { milliseconds }) => sum + milliseconds, 0))}: ${count(rows.length, 'row')}.`;

const card = (question, database, ...children) =>
  element(
    'article',
    { class: 'card', 'aria-label': question },
    element('header', {}, element('p', { class: 'source' }, database), element('h2', {}, question)),
    ...children,
  );

function sqlView(sql) {
  const copy = element('button', { type: 'button', class: 'quiet' }, 'Copy');
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(sql);
      copy.textContent = 'Copied';
    } catch {
      copy.textContent = 'Copy failed';
    }
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 1500);
  });
  return element(
    'section',
    { class: 'sql-section', 'aria-labelledby': 'sql-title' },
    element('div', { class: 'section-head' }, element('h3', { id: 'sql-title' }, 'SQL'), copy),
    sqlBlock(sql),
  );
}
