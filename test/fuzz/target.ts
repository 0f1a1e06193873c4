import type { Random } from '@quaestor/peft';

/** Something that reads what others wrote. */
export interface FuzzTarget {
  readonly name: string;
  /** What is read; loaded in the process that reads. */
  open(): Promise<OpenTarget>;
}

export interface OpenTarget {
  /** Makes an input and has it read. @throws for a fault; refusals of ours are none */
  tryOne(random: Random): Promise<void> | void;
  close(): Promise<void> | void;
}

const OURS = /^(?:Peft|FinSql|TabLlm|Server)Error$/;

/** Whether an error is a refusal in our own words, which is what a bad input is to get. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && OURS.test(error.name);
}

/** Passes refusals over. @returns what was read; undefined where it was refused */
export async function refusing<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
