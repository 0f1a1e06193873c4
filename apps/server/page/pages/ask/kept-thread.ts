/** The thread as it is kept for a reload: what was asked, and where the server has what came of it. */
import { keepForVisit, readForVisit, readList, writtenList } from '../../parts/kept.ts';
import type { Turn } from './turn.ts';

const PLACE = 'thread';

export interface KeptTurn extends Pick<Turn, 'id' | 'question' | 'database'> {
  /** The statement of one that failed, which the server does not keep. */
  readonly draft: string | null;
}

export function keepThread(turns: readonly Turn[]): void {
  const kept = turns.map(
    (turn): KeptTurn => ({
      id: turn.id,
      question: turn.question,
      database: turn.database,
      draft: turn.state === 'failed' ? turn.draft : null,
    }),
  );
  keepForVisit(PLACE, writtenList(kept));
}

export function keptThread(): readonly KeptTurn[] {
  return readList(readForVisit(PLACE), isKept);
}

function isKept(value: unknown): value is KeptTurn {
  if (typeof value !== 'object' || value === null) return false;
  const { id, question, database, draft } = value as Record<string, unknown>;
  return (
    [id, draft].every((part) => part === null || typeof part === 'string') &&
    [question, database].every((part) => typeof part === 'string')
  );
}
