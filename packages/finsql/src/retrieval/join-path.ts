/**
 * The tables that connect what was retrieved: along keys, on the shortest paths, and of equally short
 * ones through the tables that rank best; of those that rank alike a table that refers to both sides of it comes before
 * one that both refer to, which would put together all that have it in common.
 */
import type { Link } from './context.ts';

/** Tables on the way between two chosen ones, at most. */
const LONGEST = 3;

/**
 * Folded names of the tables to add so that as many of `chosen` as keys allow are joined to the first
 * ones, those of the best tables first.
 * @param chosen best first
 * @param ranking all tables, best first
 */
export function connectingTables(
  links: readonly Link[],
  chosen: readonly string[],
  ranking: readonly string[],
): string[] {
  const adjacent = adjacency(links);
  const owners = ownersOf(links);
  const rank = new Map(ranking.map((name, index) => [name, index]));
  const added: string[] = [];
  const [first] = chosen;
  if (first === undefined) return [];
  const joined = reach(adjacent, first, new Set(chosen));
  for (const name of chosen) {
    if (joined.has(name)) continue;
    const path = shortestPath({ adjacent, owners, rank }, joined, name);
    if (path === undefined) continue;
    added.push(...path.filter((step) => !chosen.includes(step)));
    const inside = new Set([...chosen, ...added]);
    for (const reached of reach(adjacent, name, inside)) joined.add(reached);
    for (const step of path) joined.add(step);
  }
  return added;
}

function adjacency(links: readonly Link[]): Map<string, Set<string>> {
  const adjacent = new Map<string, Set<string>>();
  for (const { table, target } of links) {
    for (const [from, to] of [
      [table, target],
      [target, table],
    ] as const) {
      adjacent.set(from, (adjacent.get(from) ?? new Set()).add(to));
    }
  }
  return adjacent;
}

/** The tables that each refers to. */
function ownersOf(links: readonly Link[]): Map<string, Set<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { table, target } of links) {
    owners.set(table, (owners.get(table) ?? new Set()).add(target));
  }
  return owners;
}

/** Everything that keys join to a table without leaving `inside`. */
function reach(
  adjacent: ReadonlyMap<string, ReadonlySet<string>>,
  start: string,
  inside: ReadonlySet<string>,
): Set<string> {
  const found = new Set([start]);
  for (const name of found) {
    for (const next of adjacent.get(name) ?? []) if (inside.has(next)) found.add(next);
  }
  return found;
}

interface Ways {
  readonly adjacent: ReadonlyMap<string, ReadonlySet<string>>;
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
  readonly rank: ReadonlyMap<string, number>;
}

/** Breadth first from the joined tables; each level in the order of the ranking. */
function shortestPath(
  { adjacent, owners, rank }: Ways,
  joined: ReadonlySet<string>,
  goal: string,
): string[] | undefined {
  const place = (name: string) => rank.get(name) ?? Number.MAX_VALUE;
  const before = new Map<string, string | undefined>();
  let level = [...joined].sort((a, b) => place(a) - place(b));
  for (const name of level) before.set(name, undefined);
  /** Whether a way through a table to the next one is by what both sides of it refer to. */
  const isShared = (name: string, next: string): boolean => {
    const from = before.get(name);
    const refers = (table: string) => owners.get(table)?.has(name) === true;
    return from !== undefined && refers(from) && refers(next);
  };
  /** Whether one can come to a table better from this one than from that where one came from. */
  const isBetter = (name: string, next: string): boolean => {
    const known = before.get(next) as string;
    return place(known) === place(name) && isShared(known, next) && !isShared(name, next);
  };
  for (let steps = 0; steps <= LONGEST; steps++) {
    const next: string[] = [];
    for (const name of level) {
      for (const neighbour of adjacent.get(name) ?? []) {
        if (!before.has(neighbour)) next.push(neighbour);
        else if (!next.includes(neighbour) || !isBetter(name, neighbour)) continue;
        before.set(neighbour, name);
      }
    }
    if (before.has(goal)) break;
    level = next.sort((a, b) => place(a) - place(b));
  }
  if (!before.has(goal)) return undefined;
  const path = [goal];
  for (let step = before.get(goal); step !== undefined; step = before.get(step)) path.unshift(step);
  return path.filter((name) => name !== goal && !joined.has(name));
}
