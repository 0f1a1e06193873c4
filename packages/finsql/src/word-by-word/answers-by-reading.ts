/**
 * Whether a statement read off the question is to answer before what a model wrote. Beside known
 * statements about a database a model that is sure is right more often; without them, it is not.
 */
import { wantsOpinion } from '../generate/second-opinion.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { type Composed, composeStatement } from './compose-statement.ts';
import { Unread } from './model/unread.ts';
import { COST_OF_PASSING_OVER } from './phrases/pass-over.ts';

/** A reading that costs this much takes a name in part, or in another table than those it needs. */
const DEAR = 2;
/** Of such readings of a strange database as many are right as wrong, what they pass over aside. */
const TOO_DEAR = 5;
/** Of a strange database, a question may have so many words of which nothing is known. */
const MAY_PASS_OVER = 2;

/** A statement read off the question that answers. */
export interface KeptReading {
  /** Whether the draft gives the same rows. */
  readonly agrees: boolean;
  /** What it cost to read: 0 where every name is in full and one table has all. */
  readonly cost: number;
  /** Words of the question that it passes over, nothing being known of them. */
  readonly passedOver?: readonly string[];
}

/**
 * The statement; undefined where too much is left over, or where the draft is not to be doubted.
 * @param sureness of the draft: mean log-probability of its tokens; null: unknown
 */
export function wordByWord(
  context: DatabaseContext,
  retrieval: Retrieval,
  sureness: number | null,
): Composed | undefined {
  const familiar = isFamiliar(context);
  if (familiar && !wantsOpinion({ sureness })) return undefined;
  const mayPassOver = familiar ? 0 : MAY_PASS_OVER;
  const composed = composeStatement(context, retrieval, { mayPassOver });
  return composed instanceof Unread || isTooDear(composed, familiar) ? undefined : composed;
}

/** Whether a statement is read off the question that leaves no word over and would answer. */
export function isReadInFull(context: DatabaseContext, retrieval: Retrieval): boolean {
  const composed = composeStatement(context, retrieval);
  return !(composed instanceof Unread) && !isTooDear(composed, isFamiliar(context));
}

function isTooDear({ cost, passedOver }: Composed, familiar: boolean): boolean {
  return cost >= (familiar ? DEAR : TOO_DEAR + COST_OF_PASSING_OVER * passedOver.length);
}
