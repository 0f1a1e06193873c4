import type { CommandEntry } from '../command.ts';
import { type Flag, flagsOf } from '../flags.ts';

/** A command as the scripts of shells need it: nothing is run to complete its words and flags. */
export interface DescribedCommand {
  /** As typed: `train sql`. */
  readonly name: string;
  readonly summary: string;
  readonly places: readonly Flag[];
  readonly flags: readonly Flag[];
}

/** Every command with its flags, `--help` included. */
export async function describeCommands(
  entries: readonly CommandEntry[],
): Promise<readonly DescribedCommand[]> {
  return Promise.all(
    entries.map(async ({ name, summary, load }) => {
      const flags = flagsOf(await load());
      return {
        name,
        summary,
        places: flags.filter(({ argument }) => argument),
        flags: [...flags.filter(({ argument }) => !argument), HELP],
      };
    }),
  );
}

/** Commands below the first word of others, by that word; '' holds the first words. */
export function groupsOf(
  commands: readonly DescribedCommand[],
): ReadonlyMap<string, readonly (readonly [word: string, summary: string])[]> {
  const groups = new Map<string, (readonly [string, string])[]>([['', []]]);
  const first = groups.get('') as (readonly [string, string])[];
  for (const { name, summary } of commands) {
    const [word, below] = name.split(' ') as [string, string?];
    if (below === undefined) {
      first.push([word, summary]);
      continue;
    }
    const group = groups.get(word) ?? [];
    if (group.length === 0) first.push([word, '']);
    group.push([below, summary]);
    groups.set(word, group);
  }
  return new Map(
    [...groups].map(([name, words]) => [
      name,
      words.map(([word, summary]) => [word, summary || namesOf(groups.get(word))] as const),
    ]),
  );
}

/** How a flag is typed: a switch that is on is turned off. */
export function typedFlag({ name, kind, fallback }: Flag): string {
  return kind === 'boolean' && fallback === 'true' ? `no-${name}` : name;
}

/** What shells ask this program for while a word is typed. */
export function isDynamic({ completes }: Flag): boolean {
  return completes === 'adapters' || completes === 'databases' || completes === 'models';
}

const HELP: Flag = {
  key: 'help',
  name: 'help',
  kind: 'boolean',
  many: false,
  argument: false,
  required: false,
  description: 'explain the command',
  fallback: null,
  choices: [],
  completes: 'nothing',
};

function namesOf(group: readonly (readonly [string, string])[] = []): string {
  return group.map(([word]) => word).join(', ');
}
