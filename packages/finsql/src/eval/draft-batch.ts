/** The drafts that the answers to a batch of questions start from. */
import type * as z from 'zod';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { type DraftRequest, type Statement, statements } from '../generate/draft.ts';
import type { Generator } from '../generate/generator.ts';
import { isBetter, secondPrompt } from '../generate/second-draft.ts';
import { otherPrompt, wantsOpinion } from '../generate/second-opinion.ts';
import { sqlGrammar } from '../grammar/sql-automaton.ts';
import type { Prompt, PromptOptions } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { evaluateConfig } from './evaluate.ts';

export interface Asked {
  readonly index: number;
  readonly item: TextToSqlItem;
  readonly context: DatabaseContext;
  readonly instances: readonly string[];
  readonly prompt: Prompt;
  readonly milliseconds: number;
}

/** What an item's SQL starts from. */
export interface Drafted extends Asked {
  /** The better draft; undefined when nothing was written. */
  readonly draft: Statement | undefined;
  /** Those that are not kept. */
  readonly others: readonly Statement[];
  /** What the other of two generators would have; undefined where only one wrote. */
  readonly alternative?: string | undefined;
  /** What another generator wrote, and whether that is the draft; null where it was not asked. */
  readonly opinion: (Statement & { readonly kept: boolean }) | null;
}

/** Drafts of a batch; where the generator is not sure of one, and there is an adviser, the better of both. */
export async function draftBatch(
  asked: readonly Asked[],
  {
    generator,
    adviser,
  }: { readonly generator: Generator; readonly adviser?: Generator | undefined },
  config: z.infer<typeof evaluateConfig>,
  request: Omit<DraftRequest, 'constraints'>,
): Promise<Drafted[]> {
  const drafted = await draftsOf(asked, generator, config, request);
  if (adviser === undefined || !config.secondOpinion) return drafted;
  if (config.without.includes('second-opinion')) return drafted;
  const unsure = [...drafted.keys()].filter((at) => wantsOpinion(drafted[at]?.draft ?? UNKNOWN));
  const options = promptOptions(adviser, config);
  const again = unsure.flatMap((at) => {
    const item = asked[at];
    return item === undefined
      ? []
      : [{ ...item, prompt: otherPrompt(item.context, item.prompt, options) }];
  });
  if (again.length === 0) return drafted;
  const opinions = await draftsOf(again, adviser, config, request);
  for (const [position, at] of unsure.entries()) {
    const [first, second] = [drafted[at], opinions[position]];
    if (first?.draft === undefined || second?.draft === undefined) continue;
    const kept = isBetter(first.context, first.prompt.retrieval, first.draft, second.draft);
    const [better, other] = kept ? [second, first] : [first, second];
    const unkept = other.draft === undefined ? [] : [other.draft];
    const others = [...unkept, ...better.others, ...other.others];
    const opinion = { ...second.draft, kept };
    drafted[at] = { ...better, others, alternative: other.draft?.sql, opinion };
  }
  return drafted;
}

const UNKNOWN = { sureness: null };

function promptOptions(
  generator: Generator,
  { without }: Pick<z.infer<typeof evaluateConfig>, 'without'>,
): Omit<PromptOptions, 'budget'> {
  const countTokens = (text: string) => generator.countTokens(text);
  return { countTokens, notes: !without.includes('notes') };
}

/** Greedy drafts of a batch; where another exemplar is nearer to the draft, a second one, too. */
async function draftsOf(
  asked: readonly Asked[],
  generator: Generator,
  config: z.infer<typeof evaluateConfig>,
  request: Omit<DraftRequest, 'constraints'>,
): Promise<Drafted[]> {
  const constraintsOf = (some: readonly { readonly context: DatabaseContext }[]) =>
    config.constrained ? some.map(({ context }) => sqlGrammar(context.schema)) : undefined;
  const write = (some: readonly { context: DatabaseContext; prompt: Prompt }[]) =>
    statements(
      generator,
      some.map(({ prompt }) => prompt.text),
      { ...request, constraints: constraintsOf(some) },
    );
  const first = await write(asked);
  const drafted: Drafted[] = asked.map((item, at) => ({
    ...item,
    draft: first[at]?.[0],
    others: [],
    opinion: null,
  }));
  if (!config.secondDraft || config.without.includes('second-draft')) return drafted;
  const options = promptOptions(generator, config);
  const again = drafted.flatMap((item, at) => {
    const { context, draft } = item;
    const prompt = draft && secondPrompt(context, item.prompt, draft, options);
    return prompt === undefined ? [] : [{ at, context, prompt }];
  });
  const second = await write(again);
  for (const [position, { at, prompt }] of again.entries()) {
    const item = drafted[at];
    const [other] = second[position] ?? [];
    if (item?.draft === undefined || other === undefined) continue;
    if (isBetter(item.context, prompt.retrieval, item.draft, other)) {
      drafted[at] = { ...item, draft: other, others: [item.draft], prompt };
    } else {
      drafted[at] = { ...item, others: [other] };
    }
  }
  return drafted;
}
