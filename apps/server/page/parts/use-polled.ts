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
  const { reload } = loaded;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = setInterval(look, milliseconds);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload, milliseconds]);
  return loaded;
}
