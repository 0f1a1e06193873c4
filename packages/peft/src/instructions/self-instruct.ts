/**
 * Self-Instruct (Wang et al. 2022, https://arxiv.org/abs/2212.10560): known tasks are shown to a
 * language model, the new ones that it writes are filtered, and what is kept is shown in turn.
 * As in Alpaca, a task comes with its input and output in one completion instead of in three steps.
 */
import { PeftError } from '../errors.ts';
import { seededRandom, seedOfPart } from '../tensors/random.ts';
import type { InstructionRecord } from './instruction-record.ts';
import {
  judgeTask,
  REJECTION_REASONS,
  type Rejection,
  type RejectionReason,
  type TaskPool,
  taskPool,
} from './judge-task.ts';
import type { SelfInstructConfig } from './self-instruct-config.ts';
import { parseTasks, type TaskDraft, taskPrompt } from './task-text.ts';
import type { GeneratedText, TextSource } from './text-source.ts';

/** How far an expansion is: all that is needed to go on from here. */
export interface ExpansionState {
  /** Rounds done. */
  readonly round: number;
  /** Rounds since the last one that brought a task. */
  readonly idle: number;
  /** The new tasks, in the order in which they were accepted. */
  readonly accepted: readonly InstructionRecord[];
  /** Drafts refused so far, by reason. */
  readonly rejected: Readonly<Record<RejectionReason, number>>;
  /** The first few of each reason. */
  readonly examples: readonly Rejection[];
}

/** Why an expansion ended: enough tasks, the last round, or `patience` rounds without a new task. */
export type ExpansionEnd = 'target' | 'rounds' | 'patience';

const EXAMPLES_PER_REASON = 5;

/** The state before the first round. */
export function startExpansion(): ExpansionState {
  const rejected = Object.fromEntries(REJECTION_REASONS.map((reason) => [reason, 0]));
  return {
    round: 0,
    idle: 0,
    accepted: [],
    rejected: rejected as Record<RejectionReason, number>,
    examples: [],
  };
}

/** Whether a state is final, and why. */
export function expansionEnd(
  state: ExpansionState,
  config: SelfInstructConfig,
): ExpansionEnd | null {
  if (state.accepted.length >= config.target) return 'target';
  if (state.idle >= config.patience) return 'patience';
  return state.round >= config.maxRounds ? 'rounds' : null;
}

/**
 * Grows an instruction set. Yields the state after every round; started again from any of them with
 * the same seeds, configuration and source, it goes on as if it had not stopped.
 *
 * @throws PeftError 'bad-config' without seeds; 'aborted' when the signal fires, the round lost
 */
export async function* expandInstructions(
  seeds: readonly InstructionRecord[],
  source: TextSource,
  config: SelfInstructConfig,
  options: { readonly state?: ExpansionState; readonly signal?: AbortSignal } = {},
): AsyncGenerator<ExpansionState> {
  if (seeds.length === 0) {
    throw new PeftError('bad-config', {
      en: 'Self-Instruct needs tasks to begin with: give at least one.',
      zh: 'Self-Instruct 需要起始的任务，请至少给出一个。',
    });
  }
  let state = options.state ?? startExpansion();
  const pool = taskPool([...seeds, ...state.accepted]);
  while (expansionEnd(state, config) === null) {
    const { prompts, stop } = planRound(seeds, state, config);
    const seed = seedOfRound(state.round, config);
    const texts = await collect(source(prompts, { seed, stop, signal: options.signal }));
    if (options.signal?.aborted || texts.some(({ finish }) => finish === 'aborted')) {
      throw new PeftError('aborted', {
        en: `Self-Instruct was stopped in round ${state.round + 1}.`,
        zh: `Self-Instruct 在第 ${state.round + 1} 轮停止。`,
      });
    }
    state = takeTexts(texts, state, pool, config);
    yield state;
  }
}

/**
 * A source seeds each prompt with the request's seed and its place in it: no two prompts of a run, nor of two
 * runs whose seeds differ, may come to the same one.
 */
function seedOfRound(
  round: number,
  { seed, maxRounds, promptsPerRound }: SelfInstructConfig,
): number {
  return seedOfPart(seedOfPart(seed, maxRounds, round), promptsPerRound, 0);
}

/** The prompts of a round, and where completions are to end: a function of seed, round and pool. */
function planRound(
  seeds: readonly InstructionRecord[],
  { round, accepted }: ExpansionState,
  config: SelfInstructConfig,
): { prompts: string[]; stop: string[] } {
  const random = seededRandom(seedOfPart(config.seed, 1_000_003, round));
  const generated = Math.min(config.generatedPerPrompt, accepted.length);
  const wanted = config.seedsPerPrompt + config.generatedPerPrompt - generated;
  const given = Math.min(wanted, seeds.length);
  const prompts = Array.from({ length: config.promptsPerRound }, () => {
    const shown = [
      ...random.shuffle(seeds).slice(0, given),
      ...random.shuffle(accepted).slice(0, generated),
    ];
    return taskPrompt(random.shuffle(shown), config.tasksPerPrompt);
  });
  return { prompts, stop: [`\nTask ${given + generated + config.tasksPerPrompt + 1}`] };
}

/** All texts of a round in the order of their prompts, whatever order they came in. */
async function collect(source: AsyncIterable<GeneratedText>): Promise<readonly GeneratedText[]> {
  const texts: GeneratedText[] = [];
  for await (const text of source) texts.push(text);
  return texts.sort((a, b) => a.prompt - b.prompt);
}

/** The state after a round, the pool growing with it. */
function takeTexts(
  texts: readonly GeneratedText[],
  before: ExpansionState,
  pool: TaskPool,
  config: SelfInstructConfig,
): ExpansionState {
  const accepted = [...before.accepted];
  const rejected = { ...before.rejected };
  const examples = [...before.examples];
  const refuse = (rejection: Rejection) => {
    rejected[rejection.reason]++;
    if (rejected[rejection.reason] <= EXAMPLES_PER_REASON) examples.push(rejection);
  };
  for (const { draft, cut } of texts.flatMap(draftsOf)) {
    if (accepted.length >= config.target) break;
    const verdict = cut
      ? { reason: 'cut-off' as const, instruction: draft.instruction, detail: '' }
      : judgeTask(draft, pool, config);
    if ('reason' in verdict) {
      refuse(verdict);
    } else {
      accepted.push(verdict);
      pool.add(verdict.instruction);
    }
  }
  const idle = accepted.length > before.accepted.length ? 0 : before.idle + 1;
  return { round: before.round + 1, idle, accepted, rejected, examples };
}

/** The drafts of a text; the last one of a text that ran out of room is cut. */
function draftsOf({ text, finish }: GeneratedText): { draft: TaskDraft; cut: boolean }[] {
  const drafts = parseTasks(text);
  return drafts.map((draft, i) => ({ draft, cut: finish === 'length' && i === drafts.length - 1 }));
}
