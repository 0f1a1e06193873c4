/** The order of the stages, as far as the page guesses it: what runs after a stage that was told. */
import type { Stage } from '@quaestor/finsql';
import type { StepName } from './turn.ts';

const NEXT: Readonly<Record<string, StepName>> = {
  introspect: 'retrieve',
  rewrite: 'retrieve',
  retrieve: 'prompt',
  prompt: 'generate',
  generate: 'guard',
  redraft: 'guard',
  'second-opinion': 'guard',
  vote: 'guard',
  guard: 'execute',
  calibrate: 'execute',
  execute: 'explain',
  repair: 'explain',
};

/** SQL that did not run: the pipeline goes on and mends it. */
export function stageFailed(stage: Stage): boolean {
  return stage.name === 'execute' && stage.detail.error !== undefined;
}

/** What runs once these stages are done. */
export function stepAfter(stages: readonly Stage[]): StepName {
  const last = stages.at(-1);
  if (last === undefined) return 'introspect';
  if (last.name === 'generate' && stages.some(showsKnown)) return 'redraft';
  if (!stageFailed(last)) return NEXT[last.name] ?? 'explain';
  return stages.some(({ name }) => name === 'calibrate') ? 'repair' : 'calibrate';
}

/** Beside known questions a second draft is written, unless the first is nearest to the same one. */
function showsKnown(stage: Stage): boolean {
  return stage.name === 'retrieve' && stage.detail.exemplars.length > 0;
}
