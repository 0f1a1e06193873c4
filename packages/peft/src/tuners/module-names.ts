/** How configurations name modules: by a regular expression for the whole path, or by a list of names. */
import * as z from 'zod';
import { compiles } from '../io/adapter-checks.ts';

export const modulePattern = z
  .string()
  .refine(compiles, { error: 'expected a regular expression' });

/** At least one. */
export const moduleNames = z.union([modulePattern, z.array(z.string()).min(1)]);

/** Perhaps none: of what limits others an empty list is no limit, as in HF-PEFT. */
export const someModuleNames = z.union([modulePattern, z.array(z.string())]);
