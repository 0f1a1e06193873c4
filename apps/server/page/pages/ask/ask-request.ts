/** Asking, as the interface of the server takes it. */
import type { Stage } from '@quaestor/finsql';
import { deleteIt, followEvents, getJson, sendJson } from '../../parts/api.ts';
import { language } from '../../parts/language.ts';
import { Problem } from '../../parts/problem.ts';
import { problemText } from '../../parts/problem-text.ts';
import type { KeptAnswer } from './turn.ts';

/** An earlier question of the thread and its statement. */
export interface EarlierTurn {
  readonly question: string;
  readonly sql: string;
}

/** Told how far an answer is. */
export interface Listener {
  readonly onQueued: (ahead: number) => void;
  readonly onStart: (name: Stage['name']) => void;
  readonly onStage: (stage: Stage) => void;
}

/** Turns that a follow-up may look back on. */
const MOST_EARLIER = 8;

/**
 * Sends a question, which the server works on whether or not the page stays.
 *
 * @returns under which it can be followed
 * @throws {Problem}
 */
export async function sendQuestion(
  { question, database }: { readonly question: string; readonly database: string },
  earlier: readonly EarlierTurn[],
): Promise<string> {
  const thread = earlier.slice(-MOST_EARLIER);
  const known = thread.length > 0 && (await takesThread());
  // A page in Chinese explains in Chinese; one in English as the question was asked.
  const chinese = language.value === 'zh' && { language: 'zh' };
  const body = { question, database, ...(known && { thread }), ...chinese };
  const headers = { Prefer: 'respond-async' };
  const taken = await sendJson<{ readonly id: string }>('POST', '/api/ask', body, { headers });
  return taken.id;
}

/** All that happens on the way to an answer, from the first on. @throws {Problem} */
export async function followAnswer(
  id: string,
  { onQueued, onStart, onStage }: Listener,
  signal: AbortSignal,
): Promise<KeptAnswer> {
  let outcome: KeptAnswer | Problem | undefined;
  await followEvents(
    `${pathOf(id)}/events`,
    ({ event, data }) => {
      if (event === 'answer') outcome = data as KeptAnswer;
      if (event === 'error') outcome = new Problem(data as Record<string, unknown>);
      if (event === 'queued') onQueued((data as { readonly ahead: number }).ahead);
      if (event === 'start') onStart((data as Pick<Stage, 'name'>).name);
      if (event === 'stage') onStage(data as Stage);
    },
    signal,
  );
  outcome ??= new Problem({ detail: problemText().ended });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/** Has the server stop with an answer. @throws {Problem} */
export function cancelAnswer(id: string): Promise<void> {
  return deleteIt(pathOf(id));
}

const pathOf = (id: string) => `/api/answers/${encodeURIComponent(id)}`;

interface Description {
  readonly paths: {
    readonly '/api/ask': {
      readonly post: {
        readonly requestBody: {
          readonly content: {
            readonly 'application/json': { readonly schema: { readonly properties?: object } };
          };
        };
      };
    };
  };
}

let description: Promise<boolean> | undefined;

/** Whether the server of this page completes follow-ups from earlier turns. */
function takesThread(): Promise<boolean> {
  description ??= getJson<Description>('/openapi.json').then(({ paths }) => {
    const { schema } = paths['/api/ask'].post.requestBody.content['application/json'];
    return Object.hasOwn(schema.properties ?? {}, 'thread');
  });
  return description;
}
