/** What answers requests, whichever way they come: over HTTP or from an assistant's own process. */
import type { TextToSqlItem } from '@quaestor/finsql';
import { AnswerRunner } from './ask/answer-runner.ts';
import type { AnswerStore } from './ask/answer-store.ts';
import { AskQueue } from './ask/ask-queue.ts';
import type { ServerConfig } from './config.ts';
import type { DatabaseCatalog } from './database-catalog.ts';
import type { ReportError } from './http-error.ts';
import { createWriter, type Writer } from './language/writer.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { ModelLoader } from './model-loader.ts';
import type { Workbench } from './workbench.ts';

export interface ServiceParts {
  readonly config: ServerConfig;
  readonly model: ModelLoader;
  readonly catalog: DatabaseCatalog;
  readonly answers: AnswerStore;
  /** Questions to offer for a database. */
  readonly examples: readonly TextToSqlItem[];
  readonly report: ReportError;
  readonly workbench: Workbench;
}

export interface Services extends ServiceParts {
  readonly queue: AskQueue;
  readonly metrics: Metrics;
  readonly runner: AnswerRunner;
  readonly writer: Writer;
  /** Cancels what is under way and gives everything back. */
  close(): Promise<void>;
}

export function createServices(parts: ServiceParts): Services {
  const { config, model, catalog, answers, report, workbench } = parts;
  const queue = new AskQueue(config);
  const metrics = createMetrics(queue);
  const { askSeconds, statementSeconds } = config;
  const runner = new AnswerRunner({
    model,
    catalog,
    queue,
    store: answers,
    metrics,
    askSeconds,
    statementSeconds,
    report,
    home: config.home,
  });
  const writer = createWriter({ model, queue, metrics, askSeconds });
  workbench.labellings.consult(writer);
  return {
    ...parts,
    queue,
    metrics,
    runner,
    writer,
    close: async () => {
      runner.cancelAll(new DOMException('The server ends.', 'AbortError'));
      await workbench.close();
      await model.close();
      answers.close();
    },
  };
}
