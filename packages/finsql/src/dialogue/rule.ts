/** One way in which a follow-up changes the question before it. */
import type { Earlier, FollowUp } from './follow-up.ts';
import type { Vocabulary } from './mentions.ts';

export interface FollowUpRule {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Pure; the standalone question, or undefined where the follow-up is of another kind. */
  readonly apply: (
    followUp: FollowUp,
    earlier: Earlier,
    vocabulary: Vocabulary,
  ) => string | undefined;
}
