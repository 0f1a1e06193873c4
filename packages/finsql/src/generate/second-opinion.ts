/**
 * A second opinion: adapters that were trained on different questions err on different ones. Where the
 * first is not sure of its statement, another writes its own drafts beside another exemplar; of the two
 * statements that are left the one is kept as of two drafts of one adapter (`second-draft.ts`). Where it
 * finds nothing and the other does, that one answers (`settle.ts`).
 */
import { FinSqlError } from '../errors.ts';
import { composePrompt, type Prompt, type PromptOptions } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Neighbour } from '../retrieval/exemplars.ts';
import { skeleton } from '../sql/skeleton.ts';
import { createTrace } from '../trace.ts';
import type { Statement } from './draft.ts';
import type { Generator } from './generator.ts';
import { isBetter } from './second-draft.ts';
import { type Drafted, type DraftingTools, writeDrafts } from './write-drafts.ts';

/** Mean log-probability from which on a statement is left as it is: there, no other is surer and right. */
const SURE = -0.004;

/** Whether another opinion may change the statement; not where the model's sureness is unknown. */
export function wantsOpinion({ sureness }: Pick<Statement, 'sureness'>): boolean {
  return sureness !== null && sureness < SURE;
}

/**
 * The better of what was drafted and what another generator drafts; the statements of both that are not
 * kept are among its others.
 * @param prompt that the first generator began with
 * @param adviser the other generator
 */
export async function withSecondOpinion(
  first: Drafted,
  prompt: Prompt,
  adviser: Generator,
  tools: Omit<DraftingTools, 'generator'>,
): Promise<Drafted> {
  if (!wantsOpinion(first)) return first;
  const { context, trace, request } = tools;
  const { second, kept } = await trace.run(
    'second-opinion',
    async () => {
      const own = {
        ...tools,
        generator: adviser,
        trace: createTrace({}, request.signal),
        request: { ...request, likely: [first.sql] },
      };
      const countTokens = (text: string) => adviser.countTokens(text);
      const drafted = await draftsOf(otherPrompt(context, prompt, { countTokens }), own);
      return {
        second: drafted,
        kept: drafted && isBetter(context, prompt.retrieval, first, drafted),
      };
    },
    (asked) => ({
      generator: adviser.name,
      sql: asked.second?.sql ?? null,
      logProbability: asked.second?.logProbability ?? null,
      kept: asked.kept === true,
    }),
  );
  if (second === undefined) return first;
  const [better, other] = kept ? [second, first] : [first, second];
  const others = [other.sql, ...better.others, ...other.others];
  return { ...better, others, alternative: other.sql };
}

/**
 * The prompt beside the nearest known question whose statement is built otherwise than the one shown: two
 * who read the same statement copy the same mistake. The same prompt where there is no other.
 */
export function otherPrompt(
  context: DatabaseContext,
  prompt: Prompt,
  options: Omit<PromptOptions, 'budget'>,
): Prompt {
  const { content, retrieval, budget } = prompt;
  if (content.exemplar === undefined) return prompt;
  const shown = skeleton(content.exemplar.sql);
  const isLike = ({ item }: Neighbour) => skeleton(context.known(item).sql) === shown;
  const others = retrieval.neighbours.filter((neighbour) => !isLike(neighbour));
  if (others.length === 0) return prompt;
  const neighbours = [...others, ...retrieval.neighbours.filter(isLike)];
  return composePrompt(context, { ...retrieval, neighbours }, { ...options, budget });
}

/** Undefined where nothing was written: the first statement stands. */
async function draftsOf(prompt: Prompt, tools: DraftingTools): Promise<Drafted | undefined> {
  try {
    return await writeDrafts(prompt, tools);
  } catch (error) {
    if (error instanceof FinSqlError && error.code === 'generation-failed') return undefined;
    throw error;
  }
}
