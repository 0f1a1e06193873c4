import * as z from 'zod';
import {
  argument,
  type Command,
  type CommandEntry,
  defineCommand,
  jsonOption,
} from '../command.ts';
import { bashScript } from '../completion/bash.ts';
import { describeCommands } from '../completion/described-command.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `quaestor completion`: a script by which a shell completes the words of these commands. */
export function completionOf(commands: readonly CommandEntry[]): Command {
  return defineCommand({
    options: z.object({
      shell: argument(z.enum(['bash', 'zsh', 'fish']).describe('whose script to print')),
      json: jsonOption.describe('print the commands and flags as JSON'),
    }),
    examples: ['completion bash', 'completion zsh', 'completion fish'],
    run: async ({ shell, json }, terminal) => {
      const described = await describeCommands(commands);
      terminal.stdout.write(
        json ? `${JSON.stringify(described, null, 2)}\n` : SCRIPTS[shell](described),
      );
    },
  });
}
