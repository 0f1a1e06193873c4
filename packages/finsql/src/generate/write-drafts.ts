/** The statement that an answer starts from: a draft and, beside another exemplar, a second one. */
import { FinSqlError } from '../errors.ts';
import type { Prompt } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Trace } from '../trace.ts';
import { redraftDetail, writtenDetail } from '../trace-details.ts';
import { type DraftRequest, draft, statementOf } from './draft.ts';
import type { Completion, Generator } from './generator.ts';
import { isBetter, secondPrompt } from './second-draft.ts';

export interface Drafted {
  /** Of the draft that is kept. */
  readonly sql: string;
  /** Mean log-probability of its tokens; null: unknown. */
  readonly sureness: number | null;
  /** Of the whole draft; null: unknown. */
  readonly logProbability: number | null;
  /**
   * Its tokens, where its end is missing: no more were allowed, or the grammar left none that may follow;
   * null where it is whole.
   */
  readonly cutOff: number | null;
  /** What it was written from. */
  readonly prompt: Prompt;
  /** The statement of the other draft, where there are two. */
  readonly others: readonly string[];
  /** What the other of two generators would have; undefined where only one wrote. */
  readonly alternative?: string;
}

export interface DraftingTools {
  readonly generator: Generator;
  readonly context: DatabaseContext;
  readonly trace: Trace;
  readonly request: Omit<DraftRequest, 'n' | 'temperature'>;
  /** Whether a second draft is written, where another exemplar is nearer to the first. */
  readonly secondDraft: boolean;
}

/** @throws FinSqlError 'generation-failed' when nothing was written */
export async function writeDrafts(prompt: Prompt, tools: DraftingTools): Promise<Drafted> {
  const { generator, context, trace, secondDraft } = tools;
  const greedy = { ...tools.request, n: 1, temperature: 0 };
  const [first] = await trace.run(
    'generate',
    () => draft(generator, prompt.text, greedy),
    ([completion]) => ({ generator: generator.name, ...writtenDetail(completion) }),
  );
  if (first === undefined) throw wroteNothing(generator);
  const countTokens = (text: string) => generator.countTokens(text);
  const again = secondDraft
    ? secondPrompt(context, prompt, statementOf(first), { countTokens })
    : undefined;
  if (again === undefined) return drafted(first, prompt, generator);
  const { second, kept } = await trace.run(
    'redraft',
    async () => {
      const [completion] = await draft(generator, again.text, { ...greedy, likely: [first.text] });
      return { second: completion, kept: keeps(context, prompt, first, completion) };
    },
    (written) => redraftDetail(again, written.second, written.kept),
  );
  return kept && second !== undefined
    ? drafted(second, again, generator, first)
    : drafted(first, prompt, generator, second);
}

function keeps(
  context: DatabaseContext,
  { retrieval }: Prompt,
  first: Completion,
  second: Completion | undefined,
): boolean {
  if (second === undefined) return false;
  return isBetter(context, retrieval, statementOf(first), statementOf(second));
}

function drafted(
  kept: Completion,
  prompt: Prompt,
  generator: Generator,
  other?: Completion,
): Drafted {
  const statement = statementOf(kept);
  if (statement.sql === '') throw wroteNothing(generator);
  const others = other === undefined ? [] : [statementOf(other).sql];
  const cutOff = kept.finish === 'length' || kept.finish === 'stuck';
  return {
    ...statement,
    cutOff: cutOff ? kept.tokens : null,
    prompt,
    others,
  };
}

function wroteNothing(generator: Generator): FinSqlError {
  return new FinSqlError('generation-failed', {
    en: `${generator.name} wrote no SQL for this question. Ask it in other words.`,
    zh: `${generator.name} 没有为这个问题写出 SQL。请换一种问法。`,
  });
}
