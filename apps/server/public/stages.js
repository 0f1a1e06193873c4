import { element } from './dom.js';
import { duration } from './format.js';

/** The stages of the pipeline as a reader would put them: while they run, and when they are done. */
const WORDS = {
  model: ['Waiting for the model', 'Model ready'],
  queued: ['Waiting for other questions', 'Waited'],
  introspect: ['Reading the schema', 'Read the schema'],
  retrieve: ['Choosing tables and columns', 'Chose tables and columns'],
  prompt: ['Writing the prompt', 'Wrote the prompt'],
  generate: ['Writing SQL', 'Wrote SQL'],
  calibrate: ['Mending names and values', 'Mended names and values'],
  guard: ['Making sure it only reads', 'Made sure it only reads'],
  execute: ['Running the query', 'Ran the query'],
  vote: ['Comparing candidates', 'Compared candidates'],
  repair: ['Trying again', 'Tried again'],
  explain: ['Explaining', 'Explained'],
};
/** What comes after a stage that went well. */
const NEXT = {
  introspect: 'retrieve',
  retrieve: 'prompt',
  prompt: 'generate',
  generate: 'guard',
  vote: 'guard',
  guard: 'execute',
  calibrate: 'execute',
  execute: 'explain',
  repair: 'explain',
};

const words = (name) => WORDS[name] ?? [name, name];

/** A list that grows while an answer is on its way; its last line is what runs now. */
export function stageList() {
  const list = element('ol', { class: 'stages', 'aria-label': 'Stages' });
  const seen = new Set();
  let current = null;
  let timer;

  const begin = (name, detail = '') => {
    end();
    const started = performance.now();
    const time = element('span', { class: 'time' });
    current = element(
      'li',
      { class: 'stage running', 'data-stage': name },
      element('span', { class: 'tick', 'aria-hidden': 'true' }),
      element('span', { class: 'what' }, words(name)[0]),
      element('span', { class: 'detail' }, detail),
      time,
    );
    list.append(current);
    timer = setInterval(() => {
      const passed = performance.now() - started;
      if (passed > 300) time.textContent = duration(passed);
    }, 100);
  };
  const end = () => {
    clearInterval(timer);
    current?.remove();
    current = null;
  };
  const done = (stage, detail) => {
    end();
    list.append(stageLine(stage, detail));
    seen.add(stage.name);
    const next = failed(stage)
      ? seen.has('calibrate')
        ? 'repair'
        : 'calibrate'
      : NEXT[stage.name];
    if (next !== undefined) begin(next);
  };
  return { element: list, begin, done, end };
}

/** SQL that did not run: the pipeline goes on and mends it. */
const failed = ({ name, detail }) => name === 'execute' && detail.error !== undefined;

const stageLine = (stage, detail) =>
  element(
    'li',
    { class: failed(stage) ? 'stage failed' : 'stage done', 'data-stage': stage.name },
    element('span', { class: 'tick', 'aria-hidden': 'true' }),
    element('span', { class: 'what' }, words(stage.name)[1]),
    element('span', { class: 'detail' }, detail),
    element('span', { class: 'time' }, duration(stage.milliseconds)),
  );

/** The finished stages, folded: one bar whose parts are as long as the stages took. */
export function stageSummary(trace, describe) {
  const total = trace.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const bar = element('span', { class: 'time-bar', 'aria-hidden': 'true' });
  for (const { name, milliseconds } of trace) {
    const part = element('span', {
      'data-stage': name,
      title: `${words(name)[1]}: ${duration(milliseconds)}`,
    });
    part.style.flexGrow = String(milliseconds / Math.max(total, 1));
    bar.append(part);
  }
  return element(
    'details',
    { class: 'trace' },
    element('summary', {}, element('span', {}, `Answered in ${duration(total)}`), bar),
    element('ol', { class: 'stages' }, ...trace.map((stage) => stageLine(stage, describe(stage)))),
  );
}
