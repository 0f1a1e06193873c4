/** One training of a name at a time: two would write and remove each other's checkpoints. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { holdLock, lockHolder } from '@quaestor/peft';
import { InputError } from '../errors.ts';

/** Beside the checkpoints' folders: the process that trains. */
const LOCK = 'training.pid';

/**
 * Takes the folder of a name's unfinished runs for this process.
 * @returns what gives it free again, and removes it where no unfinished run lies in it
 * @throws InputError naming the process that trains there
 */
export function soleRun(folder: string, name: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, LOCK);
  const held = holdLock(lock);
  if (typeof held === 'number') throw isTrained(held, name, lock);
  return () => {
    held.release();
    try {
      rmdirSync(folder);
    } catch {
      // Unfinished runs lie there.
    }
  };
}

/** @throws InputError naming the process that trains there; a note of one that is gone counts for nothing */
export function expectNoRun(folder: string, name: string): void {
  const lock = join(folder, LOCK);
  const holder = lockHolder(lock);
  if (holder !== null) throw isTrained(holder, name, lock);
}

function isTrained(holder: number, name: string, lock: string): InputError {
  return new InputError({
    en: `Process ${holder} is training ${name} already: expected one at a time. Wait for it, stop it, or choose another name; if that process is something else, remove ${lock}.`,
    zh: `进程 ${holder} 正在训练 ${name}，同一名称一次只能有一个训练。请等待其完成、将其停止，或换一个名称；如果该进程并不是训练，请删除 ${lock}。`,
  });
}
