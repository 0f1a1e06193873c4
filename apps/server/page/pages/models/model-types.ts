/** What the server says of adapters. */
import { isolated } from '../../parts/direction.ts';

export interface Score {
  readonly set: string;
  readonly set_fingerprint: string;
  /** Per cent. */
  readonly accuracy: number;
  readonly scored: number;
  readonly correct: number;
  /** Per cent. */
  readonly executable: number;
  readonly median_ms: number;
  readonly job: string;
  readonly at: string;
}

export interface Adapter {
  readonly name: string;
  readonly type: string;
  readonly rank: number | null;
  readonly base_model: string | null;
  readonly size_bytes: number;
  /** Whether another adapter lies with it. */
  readonly second: boolean;
  /** Names of those that it is made for; none: for any. */
  readonly databases: readonly string[];
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly created: string | null;
  readonly read_only: boolean;
  readonly problem: string | null;
  readonly active: boolean;
  /** Those of `databases` that it answers questions about now. */
  readonly answers_about: readonly string[];
  /** Whether it answers questions about databases of which few questions are known now. */
  readonly answers_new: boolean;
  readonly recipe: Readonly<Record<string, unknown>> | null;
  /** Newest first. */
  readonly scores: readonly Score[];
  /** Measured where it was made. */
  readonly card_scores: Readonly<Record<string, number>>;
}

export interface EvaluationSet {
  readonly name: string;
  readonly questions: number;
  readonly databases: readonly string[];
  readonly base_model: readonly Score[];
}

export interface Activation {
  readonly adapter: string | null;
  /** Else each database was answered by the adapter that is made for it, and others by this one. */
  readonly by_hand: boolean;
  readonly forced: boolean;
  readonly author: string;
  readonly at: string;
}

/** What answers, and whether it was chosen by hand and so answers everything. */
export interface Answering {
  readonly active: string | null;
  readonly by_hand: boolean;
}

/** All that the page shows. */
export interface Models {
  readonly now: Answering;
  readonly adapters: readonly Adapter[];
  readonly sets: readonly EvaluationSet[];
  readonly history: readonly Activation[];
}

/** One that can answer: an adapter, or the base model alone. */
export interface Candidate {
  /** null: the base model alone. */
  readonly adapter: Adapter | null;
  readonly scores: readonly Score[];
  readonly active: boolean;
}

/** How the interface calls the base model where an adapter is named. */
export const BASE = 'none';

export const pathOf = (name: string | null) => `/api/adapters/${encodeURIComponent(name ?? BASE)}`;

/** The adapters, those that answer before the others, then the base model. */
export function candidatesOf({ adapters, sets }: Models): readonly Candidate[] {
  const rank = (adapter: Adapter) => (adapter.active ? 2 : Number(isOwnAnswering(adapter)));
  const sorted = adapters.toSorted((a, b) => rank(b) - rank(a));
  return [
    ...sorted.map((adapter) => ({ adapter, scores: adapter.scores, active: adapter.active })),
    {
      adapter: null,
      scores: sets.flatMap(({ base_model }) => base_model),
      active: !adapters.some(({ active }) => active),
    },
  ];
}

/** What answered before the last change, where there is a way back. */
export function answeredBefore({ now, history }: Models): Activation | undefined {
  return history.find(({ adapter, by_hand }) =>
    by_hand ? !now.by_hand || adapter !== now.active : now.by_hand,
  );
}

/** Those that answer questions about databases of their own, or about new ones. */
export function ownAnswering({ adapters }: Models): readonly Adapter[] {
  return adapters.filter(isOwnAnswering);
}

function isOwnAnswering({ answers_about, answers_new }: Adapter): boolean {
  return answers_about.length > 0 || answers_new;
}

/** What such an adapter answers questions about, in words. */
export function answeredDatabases(
  { answers_about, answers_new }: Pick<Adapter, 'answers_about' | 'answers_new'>,
  newOnes: string,
): string {
  return [...answers_about.map(isolated), ...(answers_new ? [newOnes] : [])].join(', ');
}

/** The newest score of each set of questions, in the order of the newest. */
export function latest(scores: readonly Score[]): readonly Score[] {
  return scores.filter(
    (score, i) =>
      scores.findIndex(({ set_fingerprint }) => set_fingerprint === score.set_fingerprint) === i,
  );
}
