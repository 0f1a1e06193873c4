import { statSync } from 'node:fs';
import { adapterDigest, type HubEntry } from '@quaestor/peft';

/** By path: what was read there, and when it had last changed. */
const known = new Map<string, { readonly changed: number; readonly content: string }>();

/** Tells what adapters do from one another: two of one content are the same, one that was replaced is not. */
export function contentOf({ path }: Pick<HubEntry, 'path'>): string {
  const changed = statSync(path).mtimeMs;
  const last = known.get(path);
  if (last?.changed === changed) return last.content;
  const content = adapterDigest(path);
  known.set(path, { changed, content });
  return content;
}
