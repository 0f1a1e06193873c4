/** The API key of this browser tab, asked for when the server wants one; closing the tab forgets it. */
import { element } from './dom.js';

const PLACE = 'quaestor-key';
let asking = null;

/** Headers that carry the key, if there is one. */
export function keyHeaders() {
  const key = sessionStorage.getItem(PLACE);
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

/** Asks for a key, once for all that wait for it. @returns {Promise<boolean>} whether one was given */
export function askForKey() {
  asking ??= showDialog().finally(() => {
    asking = null;
  });
  return asking;
}

function showDialog() {
  const input = element('input', {
    type: 'password',
    name: 'key',
    autocomplete: 'off',
    required: true,
    'aria-label': 'API key',
  });
  const dialog = element(
    'dialog',
    { 'aria-label': 'API key' },
    element(
      'form',
      { method: 'dialog' },
      element(
        'p',
        {},
        'This server needs a key. Whoever runs it makes one with “quaestor keys add”.',
      ),
      input,
      element('button', { value: 'use' }, 'Use this key'),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'use' && input.value.trim() !== '';
      if (given) sessionStorage.setItem(PLACE, input.value.trim());
      dialog.remove();
      resolve(given);
    });
  });
}
