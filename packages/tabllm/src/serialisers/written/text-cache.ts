/** Written texts that outlive a run: a file of JSON lines, to which each text is added at once. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WrittenTexts } from './write-rows.ts';

/** @param model whose words they are; another model's texts in the same file are not taken */
export function openTextCache(path: string, model: string): WrittenTexts {
  const texts = new Map<string, string>();
  const keyOf = (prompt: string) =>
    createHash('sha256').update(`${model}\n${prompt}`).digest('base64url').slice(0, 22);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  for (const line of lines) {
    const entry = readLine(line);
    if (entry) texts.set(...entry);
  }
  mkdirSync(dirname(path), { recursive: true });
  // A line that a crash cut short must not swallow the next one.
  if ((lines.at(-1) ?? '') !== '') appendFileSync(path, '\n');
  return {
    get: (prompt) => texts.get(keyOf(prompt)),
    set: (prompt, text) => {
      const key = keyOf(prompt);
      texts.set(key, text);
      appendFileSync(path, `${JSON.stringify([key, text])}\n`);
    },
  };
}

function readLine(line: string): readonly [string, string] | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (!Array.isArray(entry)) return null;
    const [key, text] = entry as unknown[];
    return typeof key === 'string' && typeof text === 'string' ? [key, text] : null;
  } catch {
    return null;
  }
}
