/** Which functions may be called where, and with how many arguments. */
import { FUNCTIONS, type SqlFunction } from './functions.ts';
import { type NameSet, nameSet } from './name-set.ts';
import type { Call, Environment } from './scope.ts';

const named = (kinds: readonly SqlFunction['kind'][]): NameSet =>
  nameSet(
    [...FUNCTIONS.values()].filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name),
  );

const SCALAR = named(['scalar']);
const WITH_AGGREGATES = named(['scalar', 'aggregate']);
const WITH_WINDOWS = named(['scalar', 'aggregate', 'window']);

/** Rows are not grouped yet in FROM, WHERE and GROUP BY; an aggregate of an aggregate does not exist. */
export function callable({ scope, call }: Environment): NameSet {
  if (['from', 'where', 'group'].includes(scope.clause)) return SCALAR;
  for (let at = call; at !== null; at = at.outer) if (at.callee.kind !== 'scalar') return SCALAR;
  return scope.clause === 'having' ? WITH_AGGREGATES : WITH_WINDOWS;
}

export function openCall(environment: Environment, name: string): Environment | null {
  const callee = FUNCTIONS.get(name);
  if (callee === undefined) return null;
  const call: Call = { outer: environment.call, callee, distinct: false, count: 0 };
  return { ...environment, call };
}

/** Each distinct value once: an aggregate of one argument. */
export function distinctArguments(environment: Environment): Environment | null {
  const { call } = environment;
  if (call?.callee.kind !== 'aggregate') return null;
  return { ...environment, call: { ...call, distinct: true } };
}

export function beginArgument(environment: Environment): Environment | null {
  const { call } = environment;
  if (call === null || call.count >= (call.distinct ? 1 : call.callee.most)) return null;
  return { ...environment, call: { ...call, count: call.count + 1 } };
}

/** `count(*)` */
export function starArgument(environment: Environment): Environment | null {
  const { call } = environment;
  if (call?.callee.name !== 'count') return null;
  return { ...environment, call: { ...call, count: 1 } };
}

export function closeCall(environment: Environment): Environment | null {
  const { call } = environment;
  if (call === null) return null;
  // count() counts rows as count(*) does.
  if (call.count < call.callee.fewest) return null;
  return { ...environment, call: call.outer, called: call };
}
