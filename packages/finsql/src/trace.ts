import type { Stage } from './answer.ts';
import { ownTurn } from './turn.ts';

/** Gives each stage of one answer a turn of its own, times it, keeps it, and tells a listener of it. */
export interface Trace {
  readonly stages: readonly Stage[];
  /** Does the work of a stage; `detail` says what came of it. A failing stage is not recorded. */
  run<Result, Name extends Stage['name']>(
    name: Name,
    work: () => Result | Promise<Result>,
    detail: (result: Result) => DetailOf<Name>,
  ): Promise<Result>;
  /** A stage whose work is done. */
  note<Name extends Stage['name']>(name: Name, detail: DetailOf<Name>): Promise<void>;
}

export type DetailOf<Name extends Stage['name']> = Extract<Stage, { name: Name }>['detail'];

/** Who is told of stages while they run. */
export interface TraceListener {
  /** Called with the name of each stage when it begins. */
  readonly onStart?: ((name: Stage['name']) => void) | undefined;
  /** Called with each stage when it is done. */
  readonly onStage?: ((stage: Stage) => void) | undefined;
}

/** An empty trace. */
export function createTrace({ onStart, onStage }: TraceListener = {}, signal?: AbortSignal): Trace {
  const stages: Stage[] = [];
  const run: Trace['run'] = async (name, work, detail) => {
    await ownTurn();
    signal?.throwIfAborted();
    onStart?.(name);
    const began = performance.now();
    const result = await work();
    const milliseconds = performance.now() - began;
    const stage = { name, milliseconds, detail: detail(result) } as unknown as Stage;
    stages.push(stage);
    onStage?.(stage);
    return result;
  };
  return {
    stages,
    run,
    note: (name, detail) =>
      run(
        name,
        () => {},
        () => detail,
      ),
  };
}
