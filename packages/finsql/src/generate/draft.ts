/** Asks a generator for the SQL of prompts. */
import type { TextAutomaton } from '@quaestor/peft';
import type { Completion, Generator } from './generator.ts';
import { readSql } from './read-sql.ts';

export interface DraftRequest {
  readonly n: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
  /** The grammar of each prompt's SQL; undefined: the model writes what it likes. */
  readonly constraints?: readonly TextAutomaton[] | undefined;
  /** What the completion of each prompt is likely to repeat. */
  readonly likely?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The completions of a prompt, likeliest first. A completion is one line. */
export async function draft(
  generator: Generator,
  prompt: string,
  request: DraftRequest,
): Promise<Completion[]> {
  const [completions = []] = await completionsOf(generator, [prompt], request);
  return completions;
}

export interface Statement {
  readonly sql: string;
  /** Mean log-probability of its tokens: how sure the model was while it wrote; null: unknown. */
  readonly sureness: number | null;
  /** Of the whole statement: how likely it is; null: unknown. */
  readonly logProbability: number | null;
}

/** The statements written for each of several prompts, likeliest first; empty ones left out. */
export async function statements(
  generator: Generator,
  prompts: readonly string[],
  request: DraftRequest,
): Promise<Statement[][]> {
  const all = await completionsOf(generator, prompts, request);
  return all.map((completions) => completions.map(statementOf).filter(({ sql }) => sql !== ''));
}

/** The statement in a completion; its text is empty where there is none. */
export function statementOf(completion: Completion): Statement {
  const { text, logProbability } = completion;
  return { sql: readSql(text), sureness: sureness(completion), logProbability };
}

/** Mean log-probability of a completion's tokens; null where it is unknown. */
export function sureness({ logProbability, tokens }: Completion): number | null {
  return logProbability === null ? null : logProbability / Math.max(1, tokens);
}

async function completionsOf(
  generator: Generator,
  prompts: readonly string[],
  { signal, ...request }: DraftRequest,
): Promise<Completion[][]> {
  const found: Completion[][] = prompts.map(() => []);
  const stop = { stop: ['\n'], ...(signal === undefined ? {} : { signal }) };
  for await (const completion of generator.generate(prompts, { ...request, ...stop })) {
    found[completion.prompt]?.push(completion);
  }
  signal?.throwIfAborted();
  for (const completions of found) completions.sort(byProbability);
  return found;
}

/** Likeliest first; where that is unknown, in the order of the candidates. */
function byProbability(a: Completion, b: Completion): number {
  if (a.logProbability === null || b.logProbability === null) return a.candidate - b.candidate;
  return b.logProbability - a.logProbability;
}
