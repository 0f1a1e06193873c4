/** How far the model is, followed from /api/health until it is ready. */
import { signal } from '@preact/signals';
import { getJson } from './api.ts';
import { toProblem } from './problem.ts';

export type ModelState =
  | { readonly state: 'looking' }
  | { readonly state: 'loading'; readonly step: string; readonly progress: number | null }
  | { readonly state: 'ready'; readonly name: string; readonly note?: string }
  | {
      readonly state: 'failed';
      readonly detail: string;
      readonly unreachable?: boolean;
      /** The next question loads it once more. */
      readonly retried?: boolean;
    };

const POLL_MS = 600;

export const model = signal<ModelState>({ state: 'looking' });

let following: Promise<void> | null = null;

/**
 * Resolves when the model is ready, or is loaded again by being asked; shared by all that wait.
 *
 * @throws Error when the model could not be loaded
 */
export function modelReady(): Promise<void> {
  following ??= follow().finally(() => {
    following = null;
  });
  return following;
}

/** Looks again, e.g. after another adapter was made to answer. */
export async function refreshModel(): Promise<void> {
  model.value = await look();
}

async function follow(): Promise<void> {
  for (;;) {
    const now = await look();
    model.value = now;
    if (now.state === 'ready' || (now.state === 'failed' && now.retried === true)) return;
    if (now.state === 'failed' && now.unreachable !== true) throw new Error(now.detail);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function look(): Promise<ModelState> {
  try {
    return (await getJson<{ readonly model: ModelState }>('/api/health')).model;
  } catch (error) {
    const { code, detail } = toProblem(error);
    return { state: 'failed', detail, unreachable: code === 'unreachable' };
  }
}
