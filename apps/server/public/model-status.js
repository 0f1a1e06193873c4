import { getJson } from './api.js';
import { byId } from './dom.js';

const POLL_MS = 600;

/**
 * Follows /api/health until the model is loaded, and shows it in the bar.
 *
 * @returns {Promise<void>} resolves when the model is ready, rejects when it could not be loaded
 */
export async function followModel() {
  for (;;) {
    const model = await getJson('/api/health').then(
      (health) => health.model,
      (problem) => ({ state: 'failed', detail: problem.message, unreachable: true }),
    );
    show(model);
    if (model.state === 'ready') return;
    if (model.state === 'failed' && !model.unreachable) throw new Error(model.detail);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function show(model) {
  const progress = byId('model-progress');
  byId('model').dataset.state = model.state;
  byId('model-text').textContent = textOf(model);
  progress.hidden = model.state !== 'loading';
  if (model.state !== 'loading') return;
  if (model.progress === null) progress.removeAttribute('value');
  else progress.value = model.progress;
}

function textOf({ state, name, step, progress, detail }) {
  if (state === 'ready') return name;
  if (state === 'failed') return detail;
  const share = progress === null ? '' : ` ${Math.round(progress * 100)} %`;
  return `Model is loading: ${step}${share}`;
}
