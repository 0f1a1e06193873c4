/** A question that was asked before the page was loaded, as far as the server has it. */
import { getJson } from '../../parts/api.ts';
import { Problem, toProblem } from '../../parts/problem.ts';
import type { KeptTurn } from './kept-thread.ts';
import type { KeptAnswer, Turn } from './turn.ts';

/** Under way while it has neither an answer nor a problem. */
interface Stored {
  readonly question: string;
  readonly database: string;
  readonly answer: KeptAnswer | null;
  readonly problem: Record<string, unknown> | null;
}

export async function readTurn(kept: KeptTurn, key: number): Promise<Turn> {
  const { id, draft, ...asked } = kept;
  if (id === null) return { state: 'unanswered', key, id, ...asked };
  try {
    const stored = await getJson<Stored>(`/api/answers/${encodeURIComponent(id)}`);
    const { question, database, answer, problem } = stored;
    const turn = { key, id, question, database };
    if (answer !== null) return { state: 'answered', ...turn, answer };
    if (problem !== null) return { state: 'failed', ...turn, problem: new Problem(problem), draft };
    return { state: 'running', ...turn, stages: [], step: null };
  } catch (error) {
    const problem = toProblem(error);
    // What was stopped, and what nobody followed for a while, is not kept.
    const isGone = problem.code === 'no-such-answer' && asked.question !== '';
    if (isGone) return { state: 'unanswered', key, id, ...asked };
    return { state: 'failed', key, id, ...asked, problem, draft };
  }
}
