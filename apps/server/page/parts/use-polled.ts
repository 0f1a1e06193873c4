import { useEffect } from 'preact/hooks';
import { type Loaded, useLoaded } from './use-loaded.ts';

/**
 * As `useLoaded`, and again every so often while the page can be seen. What is shown stays until the
 * next is there, so nothing flickers.
 */
export function usePolled<T>(
  load: (signal: AbortSignal) => Promise<T>,
  inputs: readonly unknown[],
  milliseconds: number,
): Loaded<T> {
  const loaded = useLoaded(load, inputs);
  const { data, problem, reload } = loaded;
  // Counted from the answer: a slow server is not asked again before it has answered.
  useEffect(() => {
    if (data === undefined && problem === undefined) return;
    const look = () => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = setTimeout(look, milliseconds);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [data, problem, reload, milliseconds]);
  return loaded;
}
