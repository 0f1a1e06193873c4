/** The page: picks a database, asks, shows. Each view is in a module of its own. */
import { announcementFor, answerView, problemView, runningView, stageDetail } from './answer.js';
import { ask, getJson, Problem } from './api.js';
import { byId, element } from './dom.js';
import { showExamples } from './examples.js';
import { count } from './format.js';
import { sessionHistory } from './history.js';
import { followModel } from './model-status.js';
import { showSchema } from './schema.js';
import { stageList } from './stages.js';

const question = byId('question');
const database = byId('database');
const history = sessionHistory(show);
const modelReady = followModel();
modelReady.catch(() => {}); // shown in the bar; a question meets it again
let running = null;

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  void start();
});
byId('cancel').addEventListener('click', cancel);
database.addEventListener('change', () => void openDatabase());
question.addEventListener('input', fitHeight);
question.addEventListener('keydown', (event) => {
  // While a Chinese input method composes, Enter picks a word.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void start();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') cancel();
  if (event.key !== '/' || event.target.matches('input, textarea, select')) return;
  event.preventDefault();
  question.focus();
});
void listDatabases();
question.focus({ preventScroll: true });

async function listDatabases() {
  try {
    const { data } = await getJson('/api/databases');
    database.replaceChildren(
      ...data.map(({ name, problem }) =>
        element(
          'option',
          { value: name, disabled: problem !== null },
          problem === null ? name : `${name} (cannot be read)`,
        ),
      ),
    );
    const usable = data.filter(({ problem }) => problem === null);
    database.disabled = usable.length === 0;
    if (usable.length === 0) {
      byId('counts').textContent =
        'No databases yet. Put SQLite files into the databases folder and load the page again.';
      return;
    }
    database.value = (usable.find(({ name }) => name === 'demo') ?? usable[0]).name;
    await openDatabase();
  } catch (problem) {
    byId('counts').textContent = problem.message;
  }
}

async function openDatabase() {
  const name = database.value;
  byId('counts').textContent = '';
  byId('examples').hidden = true;
  try {
    const { tables, examples } = await getJson(`/api/databases/${encodeURIComponent(name)}`);
    if (database.value !== name) return;
    const rows = tables.reduce((sum, { rowCount = 0 }) => sum + rowCount, 0);
    byId('counts').textContent = `${count(tables.length, 'table')}, ${count(rows, 'row')}`;
    showSchema(tables);
    showExamples(examples, use);
  } catch (problem) {
    showSchema([]);
    byId('counts').textContent = problem.message;
  }
}

function use(text) {
  question.value = text;
  fitHeight();
  void start();
}

async function start() {
  const text = question.value.trim();
  if (running !== null || database.value === '') return;
  if (text === '') {
    question.focus();
    return;
  }
  const entry = { question: text, database: database.value };
  running = new AbortController();
  setBusy(true);
  history.unmark();
  const stages = stageList();
  const card = runningView(entry.question, entry.database, stages);
  display(card);
  try {
    entry.answer = await answerTo(entry, stages, running.signal);
    history.add(entry);
  } catch (error) {
    if (error.name === 'AbortError') {
      if (card.isConnected) display();
      announce('Cancelled.');
      return;
    }
    entry.problem = error instanceof Problem ? error : new Problem({ detail: error.message });
    history.add(entry);
  } finally {
    stages.end();
    running = null;
    setBusy(false);
  }
  show(entry);
}

async function answerTo(entry, stages, signal) {
  stages.begin('model');
  await untilAborted(modelReady, signal);
  stages.begin('introspect');
  return ask(entry, {
    signal,
    onEvent: (event, data) => {
      if (event === 'queued') stages.begin('queued', `${count(data.ahead, 'question')} ahead`);
      if (event === 'stage') stages.done(data, stageDetail(data));
    },
  });
}

function cancel() {
  running?.abort(new DOMException('Cancelled', 'AbortError'));
}

function show(entry) {
  if (running !== null) cancel();
  if (entry.answer === undefined) {
    display(problemView(entry, () => use(entry.question)));
  } else {
    display(answerView(entry));
    announce(announcementFor(entry.answer));
  }
}

function display(...nodes) {
  byId('answer').replaceChildren(...nodes);
}

function announce(sentence) {
  byId('announcement').textContent = sentence;
}

function setBusy(busy) {
  document.body.classList.toggle('asked', busy || byId('answer').hasChildNodes());
  byId('submit').hidden = busy;
  byId('cancel').hidden = !busy;
}

function fitHeight() {
  question.style.height = 'auto';
  question.style.height = `${question.scrollHeight}px`;
}

function untilAborted(promise, signal) {
  return Promise.race([
    promise,
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    ),
  ]);
}
