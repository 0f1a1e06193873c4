import * as z from 'zod';

/** Timers hold no longer wait: a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds that something may take. */
export const timeout = z.int().positive().max(LONGEST);
