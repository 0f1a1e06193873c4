/** One training of a name at a time: two would write and remove each other's checkpoints. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.ts';

/** Beside the checkpoints' folders: the process that trains. */
const LOCK = 'training.pid';

/** Locks of this very process; its number may have been another's before a restart. */
const held = new Set<string>();

/**
 * Takes the folder of a name's unfinished runs for this process.
 * @returns what gives it free again
 * @throws InputError naming the process that trains there
 */
export function soleRun(folder: string, name: string): () => void {
  const lock = join(folder, LOCK);
  mkdirSync(folder, { recursive: true });
  while (!taken(lock)) {
    expectNoRun(folder, name);
    rmSync(lock, { force: true });
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    rmSync(lock, { force: true });
  };
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws InputError naming the process that trains there; a note of one that is gone counts for nothing */
export function expectNoRun(folder: string, name: string): void {
  const lock = join(folder, LOCK);
  const holder = holderOf(lock);
  if (holder === null) return;
  throw new InputError({
    en: `Process ${holder} is training ${name} already: expected one at a time. Wait for it, stop it, or choose another name; if that process is something else, remove ${lock}.`,
    zh: `进程 ${holder} 正在训练 ${name}，同一名称一次只能有一个训练。请等待其完成、将其停止，或换一个名称；如果该进程并不是训练，请删除 ${lock}。`,
  });
}

function holderOf(lock: string): number | null {
  let holder: number;
  try {
    holder = Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (!Number.isInteger(holder) || holder <= 0) return null;
  if (holder === process.pid) return held.has(lock) ? holder : null;
  return isAlive(holder) ? holder : null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
