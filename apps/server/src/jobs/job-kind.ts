/** What the queue has to know of a kind of work. */
import type { Translated } from '@quaestor/peft';
import type { z } from 'zod';

/** A folder of the job's own, kept until the job is removed. */
export interface JobPlace {
  readonly id: string;
  readonly folder: string;
}

/** Only one job of a lane runs at a time; short work need not wait for a training. */
export const LANES = ['heavy', 'light'] as const;

export type Lane = (typeof LANES)[number];

export interface JobKind<Params extends object = object> {
  readonly name: string;
  /** One line for people. */
  readonly summary: Translated;
  readonly lane: Lane | ((params: Params, place: JobPlace) => Lane);
  /** What clients send. */
  readonly params: z.ZodType<Params>;
  /**
   * Before the job is queued: writes what it works on into its folder, so that later changes elsewhere do
   * not reach it.
   * @throws ServerError and the packages' errors for parameters that name what is not there
   */
  prepare?(params: Params, place: JobPlace): Promise<void> | void;
  /**
   * Before a job that has not finished its work is queued again.
   * @throws ServerError for one whose result would now take the place of something else
   */
  mayResume?(params: Params, place: JobPlace): void;
  /**
   * Program and words of the process. Started again with the same words, it goes on where it was
   * stopped; it prints its result as JSON.
   */
  command(params: Params, place: JobPlace): readonly [program: string, ...words: string[]];
  /** The result, when an earlier attempt was killed after its last step; undefined: run it. */
  finished?(params: Params, place: JobPlace): unknown;
  /** Turns what the process printed into the job's result. Called again after a kill in between. */
  result?(printed: unknown, params: Params, place: JobPlace): Promise<unknown> | unknown;
}

/** For lists of kinds whose parameters differ: each is only ever given its own. */
export function defineJobKind<Params extends object>(kind: JobKind<Params>): JobKind {
  return kind as unknown as JobKind;
}
