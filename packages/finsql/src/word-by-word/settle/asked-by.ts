/** What a reading is held against: the question, with the phrases it is read by. */
import type { Link } from '../../retrieval/context.ts';
import type { ValueIndex } from '../../retrieval/values.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

/** A question with the phrases it is read by. */
export interface AskedBy {
  readonly question: string;
  readonly phrases: readonly Phrase[];
  /** The one meaning of each phrase. */
  readonly meanings: readonly Meaning[];
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly chinese: boolean;
  readonly values: Pick<ValueIndex, 'holders'>;
}
