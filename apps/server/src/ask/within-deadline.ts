import { ServerError } from '../errors.ts';

/**
 * Tells the work to stop after that time, and waits until it has: what is still at the model counts as
 * running, so that no adapter is changed under it.
 * @throws ServerError 'timeout' when the work fails after that time; what it throws before
 */
export async function withinDeadline<T>(
  seconds: number,
  cancelled: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
  try {
    return await work(AbortSignal.any([cancelled, deadline]));
  } catch (error) {
    if (!deadline.aborted || cancelled.aborted) throw error;
    throw new ServerError(
      'timeout',
      {
        en: `There was no answer after ${seconds} seconds. Try again later, or ask for something simpler.`,
        zh: `${seconds} 秒内没有得到回答，已停止。请稍后再试，或换一个更简单的问题。`,
      },
      { cause: error },
    );
  }
}
