/**
 * Many questions in one process: a turn of the event loop for each of their stages, so that what arrives
 * meanwhile (a request that has to be refused, an answer of the model) waits for one stage at most.
 */

let last: Promise<void> = Promise.resolve();

/** Resolves in a turn of the event loop in which it does for nobody else, in the order of calls. */
export function ownTurn(): Promise<void> {
  // All that setImmediate holds is called in one go, so each asks for its own when the one before is over.
  last = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
  return last;
}

/** Work that pauses after each piece, done in one go. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same in turns of the event loop, so that others are served in between. */
export async function inTurns<Result>(work: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await ownTurn();
  }
}
