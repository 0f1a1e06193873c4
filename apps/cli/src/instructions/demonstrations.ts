/** Solved examples of a file in a prompt, as many as its budget holds. */
import {
  type Demonstration,
  type DemonstrationRanking,
  type InContextPrompt,
  inContextPrompt,
  selectDemonstrations,
  type Tokenizer,
  type TrainingRecord,
} from '@quaestor/peft';

export interface DemonstrationOptions {
  readonly instruction: string;
  readonly budget: number;
  readonly ranking: DemonstrationRanking;
  readonly count?: number | undefined;
  readonly seed: number;
  /** Whether the prompt is a conversation. */
  readonly chat: boolean;
}

export interface ShownPrompt {
  readonly text: string;
  /** As the model reads it: what reads like a special token in a query or an example is text. */
  readonly ids: readonly number[];
  readonly demonstrations: number;
  /** Tokens that the demonstrations take. */
  readonly tokens: number;
}

/**
 * A few-shot prompt for a query.
 * @throws PeftError 'unsupported' for a conversation where the model has no chat template
 */
export function promptFor(
  query: string,
  records: readonly TrainingRecord[],
  tokenizer: Tokenizer,
  options: DemonstrationOptions,
): ShownPrompt {
  const { instruction, budget, ranking, count, seed, chat } = options;
  const countTokens = (text: string): number => tokenizer.encode(text, { special: false }).length;
  const { chosen, tokens } = selectDemonstrations(query, records.map(demonstration), {
    ...{ ranking, seed, countTokens, budgetTokens: budget },
    ...(count !== undefined && { count }),
    ...(chat && { overheadTokens: turnTokens(tokenizer) }),
  });
  const prompt: InContextPrompt = inContextPrompt(instruction, chosen, query);
  const [text, ids] = chat
    ? [tokenizer.applyChat(prompt.messages), tokenizer.encodeChat(prompt.messages)]
    : [prompt.text, tokenizer.encode(prompt.text, { special: false })];
  return { text, ids, demonstrations: chosen.length, tokens };
}

function demonstration(record: TrainingRecord): Demonstration {
  if ('prompt' in record) return { input: record.prompt, output: record.completion.trim() };
  const { instruction, input, output } = record;
  return { input: input === '' ? instruction : `${instruction}\n\n${input}`, output };
}

/** What the chat template writes around a question and its answer. */
function turnTokens(tokenizer: Tokenizer): number {
  const length = (messages: Parameters<Tokenizer['applyChat']>[0]): number =>
    tokenizer.encodeChat(messages).length;
  const turn = (['user', 'assistant'] as const).map((role) => ({ role, content: '' }));
  return length(turn) - length([]);
}
