import { ServerError } from '../errors.ts';

/** @throws ServerError 'timeout' after that time, whatever the work makes of its signal */
export async function withinDeadline<T>(
  seconds: number,
  cancelled: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    return await work(AbortSignal.any([cancelled, deadline]));
  } catch (error) {
    if (!deadline.aborted || cancelled.aborted) throw error;
    throw new ServerError(
      'timeout',
      `There was no answer after ${seconds} seconds. Ask for something simpler.`,
      { cause: error },
    );
  }
}
