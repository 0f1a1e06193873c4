/**
 * How much of a question the data has words for: of the words that are not grammar, comparison or
 * quantity, the share that names, comments, stored values or similar known questions have, each word by
 * how telling it is.
 */
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { stems, words } from '../retrieval/words.ts';

/** Words of comparison, order, amount and time, which any question over any data may have. */
const NEUTRAL: ReadonlySet<string> = new Set(
  stems(
    `more most less least fewer fewest than over above below under between after before since until
    during only also together both either neither other another same different all any no not never
    without within except excluding including among whether while
    first last latest earliest highest lowest largest smallest biggest greatest top bottom best worst
    average mean total sum number count amount maximum minimum share percent percentage per
    year years month months quarter day date time end begin start old new high low large small
    exactly about up down out so if then one two three four five six seven eight nine ten hundred
    thousand million billion sort order group compare difference`,
  ),
);
/** Pairs of characters that are grammar or quantity in Chinese. */
const NEUTRAL_HAN =
  /^(?:[的是有在了和与及各每哪几多少些个家只名为之最][\p{Script=Han}]?|[\p{Script=Han}][的是有在了和与哪几多少些为最年月日吗呢吧]|什么|怎么|如何|[年月日])$/u;
/** Known questions less similar than this lend no words. */
export const LEAST_SIMILARITY = 0.25;

export interface Coverage {
  /** 0 … 1; 0 as well for a question of nothing but neutral words. */
  readonly share: number;
  /** Words of the question that the data lacks, as stems are spelled in it. */
  readonly unknown: readonly string[];
}

export function coverageOf({ lexicon }: DatabaseContext, retrieval: Retrieval): Coverage {
  const spelled = new Map<string, string>();
  for (const word of words(withoutQuantities(retrieval))) {
    const [root] = stems(word);
    if (root !== undefined && !isNeutral(root)) spelled.set(root, word);
  }
  const lent = new Set(
    [
      ...retrieval.evidence.map(({ value }) => value),
      ...retrieval.neighbours
        .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
        .map(({ item }) => item.question),
    ].flatMap(stems),
  );
  let known = 0;
  let all = 0;
  const unknown: string[] = [];
  for (const [root, word] of spelled) {
    const has = lexicon.knows(root) || lent.has(root);
    const weight = has ? Math.max(1, lexicon.weight(root)) : lexicon.greatestWeight;
    all += weight;
    if (has) known += weight;
    else unknown.push(word);
  }
  return { share: all === 0 ? 0 : known / all, unknown };
}

function isNeutral(root: string): boolean {
  return NEUTRAL.has(root) || NEUTRAL_HAN.test(root) || /^\d+$/.test(root);
}

function withoutQuantities({ question, quantities }: Retrieval): string {
  return quantities.reduce((text, quantity) => text.replace(quantity.text, ' '), question);
}
