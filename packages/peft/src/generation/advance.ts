/** What the model's picks make of a stream: tokens written, and perhaps its end. */
import { finish, type Generated, stopText, type TextModel } from './completion.ts';
import type { PlannedToken, RunningStream } from './running-stream.ts';
import type { PickedToken } from './sampling.ts';

/** Writes a token, and those that must follow it. @returns the completion when that ends it */
export function advance(
  model: TextModel,
  stream: RunningStream,
  { id, logProbability }: PickedToken,
): Generated | null {
  const { writing, prompt, candidate, ids } = stream;
  const { filter, index } = prompt;
  if (writing.ends.has(id)) return finish(model, stream, 'stop');
  const written = [id];
  const next = filter?.advance(stream.state, id);
  // Nothing was allowed, not even an end.
  if (next === null) return finish(model, stream, 'stuck');
  stream.state = next;
  for (const forced of filter?.forced(stream.state) ?? []) {
    written.push(forced);
    stream.state = filter?.advance(stream.state, forced);
  }
  for (const [i, token] of written.entries()) {
    ids.push(token);
    const own = i === 0 ? logProbability : 0;
    writing.onToken?.({ prompt: index, candidate, id: token, logProbability: own });
    stream.unread++;
    const text = stopText(model, ids, writing.stop);
    if (text !== null) return { ...finish(model, stream, 'stop'), text };
    if (ids.length >= writing.maxTokens) return finish(model, stream, 'length');
  }
  return null;
}

/** Takes in what a pass gave: a pick for each of the stream's rows. @returns as `advance` */
export function takeIn(
  model: TextModel,
  stream: RunningStream,
  draft: readonly PlannedToken[],
  picked: readonly PickedToken[],
): Generated | null {
  for (const token of picked.slice(0, stream.unread - 1)) {
    stream.logProbability += token.logProbability;
  }
  const verdicts = picked.slice(stream.unread - 1);
  stream.unread = 0;
  let place = 0;
  for (const [i, { id, logProbability }] of verdicts.entries()) {
    stream.logProbability += logProbability;
    // Written already: it had to follow the token before it.
    if (i < place) continue;
    const finished = advance(model, stream, { id, logProbability });
    // Also where it was another one: the text may come back to what it repeats.
    stream.near = draft[i]?.next ?? stream.near;
    if (finished || draft[i]?.id !== id) return finished;
    place = i + stream.unread;
    stream.unread = 0;
  }
  return null;
}
