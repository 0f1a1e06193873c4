/** Processes of this machine, as `ps` lists them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Resident memory in bytes. */
  readonly memory: number;
  readonly line: string;
}

export async function listProcesses(): Promise<readonly ProcessRow[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], {
    maxBuffer: 1 << 26,
  });
  return stdout.split('\n').flatMap((text) => {
    const [, pid, parent, memory, line] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(text) ?? [];
    return line === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), memory: Number(memory) * 1024, line }];
  });
}

/** Ends a process at once; one that has gone is no error. @returns whether it was there */
export function killNow(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
