/** Asking, as the interface of the server takes it. */
import type { Stage } from '@quaestor/finsql';
import { getJson, postEvents } from '../../parts/api.ts';
import { language } from '../../parts/language.ts';
import { Problem } from '../../parts/problem.ts';
import { problemText } from '../../parts/problem-text.ts';
import type { KeptAnswer } from './turn.ts';

/** An earlier question of the thread and its statement. */
export interface EarlierTurn {
  readonly question: string;
  readonly sql: string;
}

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly onQueued: (ahead: number) => void;
  readonly onStart: (name: Stage['name']) => void;
  readonly onStage: (stage: Stage) => void;
}

/** Turns that a follow-up may look back on. */
const MOST_EARLIER = 8;

/** @throws {Problem} */
export async function askServer(
  { question, database }: { readonly question: string; readonly database: string },
  earlier: readonly EarlierTurn[],
  { signal, onQueued, onStart, onStage }: AskOptions,
): Promise<KeptAnswer> {
  const thread = earlier.slice(-MOST_EARLIER);
  const known = thread.length > 0 && (await takesThread());
  // A page in Chinese explains in Chinese; one in English as the question was asked.
  const chinese = language.value === 'zh' && { language: 'zh' };
  const body = { question, database, ...(known && { thread }), ...chinese };
  for await (const { event, data } of postEvents('/api/ask', body, signal)) {
    if (event === 'answer') return data as KeptAnswer;
    if (event === 'error') throw new Problem(data as Record<string, unknown>);
    if (event === 'queued') onQueued((data as { readonly ahead: number }).ahead);
    if (event === 'start') onStart((data as Pick<Stage, 'name'>).name);
    if (event === 'stage') onStage(data as Stage);
  }
  throw new Problem({ detail: problemText().ended });
}

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
