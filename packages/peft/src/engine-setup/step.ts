import { PeftError } from '../errors.ts';

/** One line of progress. `fraction` is 0…1 where the amount of work is known. */
export interface SetupProgress {
  readonly step: string;
  readonly kind: 'start' | 'progress' | 'note' | 'done';
  readonly text: string;
  readonly fraction?: number;
}

/** What every step is given. */
export interface SetupContext {
  /** The state folder, `QUAESTOR_HOME`. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly report: (progress: Omit<SetupProgress, 'step'>) => void;
}

/** One thing that a machine needs. Steps are idempotent and leave nothing half-made when aborted. */
export interface SetupStep {
  readonly name: string;
  /** What it brings, shown while it runs. */
  readonly title: string;
  /** Cheap: file stamps only, no process is started. */
  done(home: string): boolean;
  /** @throws PeftError with what is missing and what to do. */
  run(context: SetupContext): Promise<void>;
}

/** Where steps work, how they are stopped, and who hears of them. */
export interface SetupRun {
  /** The state folder, `QUAESTOR_HOME`. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly report: (progress: SetupProgress) => void;
}

/**
 * Rows of steps that need nothing of each other, all at once: within a row one after the other.
 * Returns the names of the steps that ran, row by row. Where a step fails, the others are stopped.
 *
 * @throws PeftError 'aborted' when the signal fires, or what the first step to fail throws.
 */
export async function runSideBySide(
  rows: readonly (readonly SetupStep[])[],
  run: SetupRun,
): Promise<readonly string[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const ran = await Promise.all(
    rows.map((steps) =>
      runSteps(steps, { ...run, signal }).catch((error: unknown) => {
        failed.abort(error); // a later one changes nothing: the first reason stays
        return [];
      }),
    ),
  );
  failed.signal.throwIfAborted();
  return ran.flat();
}

/**
 * Runs the steps that are not done yet, in order. Returns the names of those that ran.
 *
 * @throws PeftError 'aborted' when the signal fires, or what a step throws.
 */
export async function runSteps(
  steps: readonly SetupStep[],
  options: SetupRun,
): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const step of steps) {
    if (options.signal.aborted)
      throw new PeftError('aborted', { en: 'Set-up was stopped.', zh: '已停止安装。' });
    if (step.done(options.home)) continue;
    const report: SetupContext['report'] = (progress) =>
      options.report({ step: step.name, ...progress });
    report({ kind: 'start', text: step.title });
    const started = performance.now();
    await step.run({ home: options.home, signal: options.signal, report });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    report({ kind: 'done', text: `${step.title}: done in ${seconds} s` });
    ran.push(step.name);
  }
  return ran;
}
