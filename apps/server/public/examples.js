import { byId, element } from './dom.js';

/** A chip longer than this takes a line of its own. */
const SHORT = 64;
const SHOWN = 5;

/** Questions to click on, a few at a time; "More examples" goes on to the next few. */
export function showExamples(questions, onPick) {
  const section = byId('examples');
  const pages = examplePages(questions);
  const showPage = (page) => {
    const chips = pages[page].map((text) =>
      element('button', { type: 'button', class: 'chip', onclick: () => onPick(text) }, text),
    );
    const next = () => showPage((page + 1) % pages.length);
    const more = element(
      'button',
      { type: 'button', class: 'quiet', onclick: next },
      'More examples',
    );
    section.replaceChildren(...chips, ...(pages.length > 1 ? [more] : []));
  };
  section.hidden = pages.length === 0;
  if (pages.length > 0) showPage(0);
}

/** The short questions, if there are any; each page from all over the list and with some Chinese. */
export function examplePages(questions) {
  const short = questions.filter((text) => text.length <= SHORT);
  const chosen = short.length > 0 ? short : questions;
  const isHan = (text) => /\p{Script=Han}/u.test(text);
  const han = chosen.filter(isHan);
  const latin = chosen.filter((text) => !isHan(text));
  const pages = Math.ceil(chosen.length / SHOWN);
  const every = (list, page) => list.filter((_, index) => index % pages === page);
  return Array.from({ length: pages }, (_, page) => [...every(latin, page), ...every(han, page)]);
}
