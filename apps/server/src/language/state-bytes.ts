/** States of texts as bytes, for a channel between processes that carries JSON. */
import type { ReadStates } from './language-service.ts';

/** @param states all of one width */
export function writtenStates(
  states: readonly Float32Array[],
): Pick<ReadStates, 'width' | 'states'> {
  const width = states[0]?.length ?? 0;
  const all = new Float32Array(states.length * width);
  for (const [i, state] of states.entries()) all.set(state, i * width);
  return { width, states: Buffer.from(all.buffer).toString('base64') };
}

/** A state for each text. */
export function readStates({ width, states }: Omit<ReadStates, 'model'>): Float32Array[] {
  // A copy of its own begins where numbers of four bytes may.
  const bytes = Uint8Array.from(Buffer.from(states, 'base64'));
  const all = new Float32Array(bytes.buffer);
  return Array.from({ length: all.length / width }, (_, i) =>
    all.slice(i * width, (i + 1) * width),
  );
}
