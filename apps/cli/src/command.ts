import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';

/** What a command may touch of the process it runs in. */
export interface Terminal {
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  readonly stdin: Readable & { isTTY?: boolean };
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One line of the command table; `load` brings the command itself, so that help stays quick. */
export interface CommandEntry {
  /** As typed, groups included: `train sql`. */
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  load(): Promise<Command>;
}

/**
 * A command: its schema is the flags, their help and their validation at once; `run` is given the
 * validated values and returns the exit code.
 */
export interface Command {
  readonly options: z.ZodObject;
  /** Whole command lines, without the leading `quaestor`. */
  readonly examples: readonly string[];
  run(options: Record<string, unknown>, terminal: Terminal): Promise<number>;
}

/** Types `run` by the command's own schema; the exit code is 0 unless it returns one. */
export function defineCommand<Options extends z.ZodObject>(command: {
  readonly options: Options;
  readonly examples: readonly string[];
  // biome-ignore lint/suspicious/noConfusingVoidType: most commands return nothing
  run(options: z.output<Options>, terminal: Terminal): Promise<number | void>;
}): Command {
  return {
    ...command,
    run: async (options, terminal) =>
      (await command.run(options as z.output<Options>, terminal)) ?? 0,
  };
}

/** Marks an option as an argument without a flag, in the order of the schema. */
export function argument<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), argument: true });
}

/** What a shell may offer in the place of a value; for a flag it offers files unless told. */
export type Completes = 'adapters' | 'databases' | 'models' | 'files' | 'nothing';

/** Marks what a shell offers for an option. */
export function completing<Schema extends z.ZodType>(completes: Completes, schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), completes });
}

/** `--json`, which every command has that prints a result. */
export const jsonOption = z.boolean().default(false).describe('print the result as JSON');

/** `--model` of every command that loads one. */
export const modelOption = completing(
  'models',
  z.string().min(1).optional().describe('base model: a folder, a file or a name'),
);

/** `--adapter` of every command that answers with one. */
export const adapterOption = completing(
  'adapters',
  z.string().min(1).optional().describe('adapter of the hub; "none" for the base model'),
);
