/** The pipeline's own words for what a trace holds as codes and names. */
import { type Forbidden, sentenceFor, type Wording, wordingOf } from '@quaestor/finsql/wording';

export const pipelineText = { en: wordingOf('en'), zh: wordingOf('zh') };

/**
 * What was said against a statement.
 * @param error by SQLite, or by the guard in English
 * @param refused by the guard; answers of earlier versions have none
 */
export function errorText(
  error: string,
  refused: Forbidden | null | undefined,
  { forbidden, sqlite }: Wording,
): string {
  return refused ? sentenceFor(forbidden, refused) : sqlite(error);
}
