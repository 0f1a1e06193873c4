/**
 * Whether a statement read off the question is to answer before what a model wrote. Beside known
 * statements about a database a model that is sure is right more often; without them, it is not.
 */
import { wantsOpinion } from '../generate/second-opinion.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { composeStatement } from './tractable.ts';
import { Unread } from './unread.ts';

/** A reading that costs this much takes a name in part, or in another table than those it needs. */
const DEAR = 2;

/**
 * The statement; undefined where a word is left over, or where the draft is not to be doubted.
 * @param sureness of the draft: mean log-probability of its tokens; null: unknown
 */
export function wordByWord(
  context: DatabaseContext,
  retrieval: Retrieval,
  sureness: number | null,
): string | undefined {
  if (isFamiliar(context) && !wantsOpinion({ sureness })) return undefined;
  const composed = composeStatement(context, retrieval);
  return composed instanceof Unread || composed.cost >= DEAR ? undefined : composed.sql;
}
