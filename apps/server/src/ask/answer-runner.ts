/** Questions → answers: when their turn comes, within a deadline, kept for those who come back. */
import { randomUUID } from 'node:crypto';
import type { Answer, Language, Turn } from '@quaestor/finsql';
import { readablePart } from '../access/allowed-part.ts';
import type { Client } from '../access/client.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import {
  isUnexpected,
  type ReportError,
  toProblem,
  withoutHome,
  withoutPath,
} from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { ModelLoader } from '../model-loader.ts';
import type { AnswerStore } from './answer-store.ts';
import type { AskQueue } from './ask-queue.ts';
import { type Outcome, RunningAnswer } from './running-answer.ts';
import { withinDeadline } from './within-deadline.ts';

export interface Asked {
  readonly question: string;
  readonly database: string;
  readonly dryRun: boolean;
  readonly maxRows?: number | undefined;
  /** Turns before it. */
  readonly thread?: readonly Turn[] | undefined;
  /** In which it is explained; default: that of the question. */
  readonly language?: Language | undefined;
  /** In which it is told why there is no answer; default: English. */
  readonly reader?: Language | undefined;
  readonly client: Client;
  readonly requestId: string;
}

export interface AnswerRunnerOptions {
  readonly model: ModelLoader;
  readonly catalog: DatabaseCatalog;
  readonly queue: AskQueue;
  readonly store: AnswerStore;
  readonly metrics: Metrics;
  /** Longest time for one answer, from when its turn comes. */
  readonly askSeconds: number;
  /** Longest time for one statement. */
  readonly statementSeconds: number;
  readonly report: ReportError;
  /** State folder, which problems do not show. */
  readonly home: string;
}

/** A question that is being answered. */
export interface UnderWay {
  readonly asked: Asked;
  readonly created: string;
  readonly running: RunningAnswer;
}

export class AnswerRunner {
  readonly #options: AnswerRunnerOptions;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(options: AnswerRunnerOptions) {
    this.#options = options;
  }

  /** @throws ServerError 'too-busy' when a question would have to be refused now */
  expectRoom(): void {
    this.#options.queue.expectRoom();
  }

  /**
   * Takes a question on.
   * @throws ServerError 'no-such-database' | 'too-busy' | 'model-loading' | 'model-failed'
   */
  async start(asked: Asked): Promise<RunningAnswer> {
    const { model, catalog, queue, askSeconds, statementSeconds } = this.#options;
    // First of all, so that too many are refused without any work.
    queue.expectRoom();
    const allow = await readablePart(asked.client, asked.database, catalog);
    const source = await catalog.source(asked.database, allow);
    const { finSql } = model;
    queue.expectRoom();
    const running = new RunningAnswer(randomUUID());
    let stages = 0;
    const answer = (signal: AbortSignal) =>
      finSql.ask(asked.question, source, {
        signal,
        dryRun: asked.dryRun,
        maxRows: asked.maxRows,
        timeoutMs: Math.ceil(statementSeconds * 1000),
        thread: asked.thread,
        language: asked.language,
        onStart: (name) => running.tell({ id: null, event: 'start', data: { name } }),
        onStage: (stage) => {
          this.#options.metrics.stage(stage);
          stages++;
          running.tell({ id: String(stages), event: 'stage', data: stage });
        },
      });
    const answered = queue.run(() => withinDeadline(askSeconds, running.signal, answer), {
      signal: running.signal,
      work: { what: 'question', client: asked.client.id },
      onWait: (ahead) => running.tell({ id: null, event: 'queued', data: { ahead } }),
    });
    const underWay = { asked, created: new Date().toISOString(), running };
    this.#underWay.set(running.id, underWay);
    void this.#settle(underWay, answered, source.file);
    return running;
  }

  /** One that is under way, of that owner; null where there is none. @param owner null: whoever's */
  find(id: string, owner: string | null): UnderWay | null {
    const found = this.#underWay.get(id);
    if (found === undefined) return null;
    return owner === null || found.asked.client.id === owner ? found : null;
  }

  /** Cancels whatever is under way. */
  cancelAll(reason: Error): void {
    for (const { running } of this.#underWay.values()) running.cancel(reason);
  }

  /** Writes the outcome down and tells the followers; never fails. */
  async #settle(
    { asked, created, running }: UnderWay,
    answered: Promise<Answer>,
    file: string,
  ): Promise<void> {
    const { client, database, question, reader, requestId } = asked;
    const { store, metrics, report, home } = this.#options;
    let outcome: Outcome;
    try {
      outcome = { answer: { id: running.id, ...(await answered) } };
    } catch (error) {
      if (isUnexpected(error)) report(error, requestId);
      const problem = withoutPath(toProblem(error, requestId, reader), file, database);
      outcome = { problem: withoutHome(problem, home) };
    }
    const code = 'problem' in outcome ? outcome.problem.code : outcome.answer.kind;
    metrics.answered(code);
    const record = { id: running.id, created, owner: client.id, database, question };
    try {
      if (code !== 'aborted') store.add(record, outcome);
    } catch (error) {
      // A full disk costs the history, not the answer.
      report(error, requestId);
    }
    this.#underWay.delete(running.id);
    running.end(outcome);
  }
}
