/** Clauses that say that things without anything are shown, too: `including houses with none`, `officers without any should show zero`. */
import type { Phrase } from '../model/phrase.ts';

const NONE =
  '(?:with none|with no \\w+|with zero(?: \\w+)?|without(?: any| an?)?(?: \\w+)?|that have (?:none|no \\w+)|who have (?:none|no \\w+)|having (?:none|no \\w+)|who have nobody|that have nobody|that \\w+ nothing|who \\w+ nothing|where nobody (?:has|is) \\w+|where there (?:is|are|was|were) none)';
const ZERO = '(?:a |an? )?(?:zero|0|nil)s?';

const CLAUSES: readonly RegExp[] = [
  // `, including clubs with none`.
  new RegExp(
    `(?:also )?(?:including|include|also show|show also|also list|keep|keeping)(?: also)?(?: the| those| any| all)? ?(?:\\w+ )?${NONE}(?: (?:as|with) ${ZERO})?`,
    'gi',
  ),
  // `, with those who have none`.
  /(?:also )?(?:with|also) (?:those|the ones) (?:with none|(?:who|that) have (?:none|nobody|nothing)|without(?: any)?)/gi,
  // `Officers without any should show zero`, `months without a bill count as zero`.
  new RegExp(
    `(?:the |those |any )?(?:\\w+ )?${NONE} (?:should |must |to |also |are to |can )*(?:show|shown|count|counted|appear|be shown|be listed|listed|get|come out)(?: up)?(?: as| with| at)? ${ZERO}`,
    'gi',
  ),
  // `zero included`, `with 0 for those without any`.
  new RegExp(
    `(?:zeros?|zeroes|nil) (?:included|too|as well)|(?:with )?${ZERO} (?:where|if) (?:there (?:is|are|was|were) )?none|(?:with )?${ZERO} for (?:those|the ones|any) ${NONE}`,
    'gi',
  ),
];

/** Such clauses behind a stop or a comma, each as one phrase. */
export function noneShown(question: string): Phrase[] {
  return CLAUSES.flatMap((clause) =>
    [...question.matchAll(clause)]
      .filter(
        ({ index }) => index > 0 && /[.,;:?!(–—-]\s*(?:and )?$/.test(question.slice(0, index)),
      )
      .filter(({ 0: text, index }) =>
        /^\s*(?:$|[.,;:!?)])/.test(question.slice(index + text.length)),
      )
      .map(
        ({ 0: text, index }): Phrase => ({
          from: index,
          to: index + text.length,
          meanings: [{ kind: 'word', word: 'with-none', cost: 0 }],
        }),
      ),
  );
}
