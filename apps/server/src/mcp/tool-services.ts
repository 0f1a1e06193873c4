/** What the tools of a server are made of. */
import type { AnswerRunner } from '../ask/answer-runner.ts';
import type { QueryTools } from '../ask/run-query.ts';
import type { ReportError } from '../http-error.ts';
import type { Writer } from '../language/writer.ts';
import type { Services } from '../services.ts';

export interface ToolServices {
  readonly query: QueryTools;
  readonly runner: AnswerRunner;
  readonly writer: Writer;
  /** Settles when the model is loaded, or has failed to. */
  readonly modelSettled: () => Promise<void>;
  readonly report: ReportError;
  /** State folder, which errors do not show. */
  readonly home: string;
}

export function toolServices(services: Services): ToolServices {
  const { catalog, config, workbench, runner, writer, model, report } = services;
  const { statements } = workbench;
  const modelSettled = () => model.start();
  return {
    query: { catalog, statements },
    runner,
    writer,
    modelSettled,
    report,
    home: config.home,
  };
}
