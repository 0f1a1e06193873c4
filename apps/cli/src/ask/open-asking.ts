import {
  type Answer,
  createFinSql,
  isNewDatabase,
  readConfidence,
  type Turn,
} from '@quaestor/finsql';
import type { Terminal } from '../command.ts';
import { describedSource } from '../described-source.ts';
import { type GeneratorFlags, openGenerator } from '../language-model/open-generator.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';

type PipelineOptions = Parameters<typeof createFinSql>[0];

/** The flags of `quaestor ask` that are about the answers. */
export interface AskingOptions
  extends Omit<GeneratorFlags, 'database'>,
    Pick<
      PipelineOptions,
      | 'candidates'
      | 'samples'
      | 'maxRows'
      | 'timeoutMs'
      | 'constrained'
      | 'seed'
      | 'abstain'
      | 'language'
    > {
  /** Name of the one that is asked about. */
  readonly database: string;
  readonly exemplars?: string | undefined;
  readonly dryRun: boolean;
}

export interface AskedOptions {
  readonly signal: AbortSignal;
  /** What was asked before, oldest first. */
  readonly thread?: readonly Turn[];
}

/** A loaded model that answers questions about SQLite files, with its stages as progress. */
export interface Asking {
  ask(question: string, file: string, options: AskedOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** Loads model and adapter, which takes seconds. */
export async function openAsking(options: AskingOptions, terminal: Terminal): Promise<Asking> {
  const { candidates, samples, maxRows, timeoutMs, constrained, seed, abstain } = options;
  const { language, dryRun } = options;
  const exemplars = readExemplars(options.exemplars);
  const name = options.database;
  const database = { name, isNew: isNewDatabase(name, exemplars) };
  const opened = await openGenerator({ ...options, database }, terminal);
  const finSql = createFinSql({
    generator: opened.generator,
    adviser: opened.adviser,
    exemplars,
    confidence: opened.adapterFolder === null ? undefined : readConfidence(opened.adapterFolder),
    candidates,
    samples,
    maxRows,
    timeoutMs,
    constrained,
    seed,
    abstain,
    language,
  });
  return {
    ask: async (question, file, { signal, thread }) => {
      const progress = new Progress(terminal);
      try {
        return await finSql.ask(question, describedSource(file), {
          signal,
          dryRun,
          thread,
          onStart: (name) => progress.update(`${name} …`),
        });
      } finally {
        progress.clear();
      }
    },
    close: async () => {
      finSql.close();
      await opened.close();
    },
  };
}
