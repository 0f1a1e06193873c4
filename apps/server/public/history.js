import { byId, element } from './dom.js';

/**
 * The questions of this session, newest first; a click shows an answer again.
 *
 * @param {(entry: object) => void} onOpen
 */
export function sessionHistory(onOpen) {
  const list = byId('history-list');
  const add = (entry) => {
    const button = element(
      'button',
      {
        type: 'button',
        class: entry.problem === undefined ? null : 'failed',
        onclick: () => open(entry, button),
      },
      element('span', { class: 'question' }, entry.question),
      element(
        'span',
        { class: 'database' },
        entry.problem === undefined ? entry.database : `${entry.database}, no answer`,
      ),
    );
    list.prepend(element('li', {}, button));
    byId('history').hidden = false;
    mark(button);
  };
  const open = (entry, button) => {
    mark(button);
    onOpen(entry);
  };
  const mark = (current) => {
    for (const button of list.querySelectorAll('button')) button.removeAttribute('aria-current');
    current?.setAttribute('aria-current', 'true');
  };
  return { add, unmark: () => mark(null) };
}
