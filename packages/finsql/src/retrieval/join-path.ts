/**
 * The tables that connect what was retrieved: along keys, on the shortest paths, and of equally short
 * ones through the tables that rank best.
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
  const rank = new Map(ranking.map((name, index) => [name, index]));
  const added: string[] = [];
  const [first] = chosen;
  if (first === undefined) return [];
  const joined = reach(adjacent, first, new Set(chosen));
  for (const name of chosen) {
    if (joined.has(name)) continue;
    const path = shortestPath(adjacent, joined, name, rank);
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

/** Breadth first from the joined tables; each level in the order of the ranking. */
function shortestPath(
  adjacent: ReadonlyMap<string, ReadonlySet<string>>,
  joined: ReadonlySet<string>,
  goal: string,
  rank: ReadonlyMap<string, number>,
): string[] | undefined {
  const place = (name: string) => rank.get(name) ?? Number.POSITIVE_INFINITY;
  const before = new Map<string, string | undefined>();
  let level = [...joined].sort((a, b) => place(a) - place(b));
  for (const name of level) before.set(name, undefined);
  for (let steps = 0; steps <= LONGEST; steps++) {
    const next: string[] = [];
    for (const name of level) {
      for (const neighbour of adjacent.get(name) ?? []) {
        if (before.has(neighbour)) continue;
        before.set(neighbour, name);
        next.push(neighbour);
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
