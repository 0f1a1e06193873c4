import { useCallback, useEffect, useState } from 'preact/hooks';
import { isAbort } from './problem.ts';

/** What a component waits for. */
export interface Loaded<T> {
  /** undefined until it is there; what was there before stays while it is loaded again. */
  readonly data: T | undefined;
  readonly problem: unknown;
  readonly reload: () => void;
}

/**
 * Loads something when a component is shown, and again when one of `inputs` changes or `reload` is
 * called. Whatever is no longer wanted is aborted.
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  inputs: readonly unknown[],
): Loaded<T> {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal).then(
      (value) => {
        if (controller.signal.aborted) return;
        setData(value);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!controller.signal.aborted && !isAbort(error)) setProblem(error);
      },
    );
    return () => controller.abort();
  }, [...inputs, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { data, problem, reload };
}
