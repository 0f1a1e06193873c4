/** The labelled rows that a classifier learns from, and which of them are copies of each other. */
import type { FitOptions } from './fit-classifier.ts';
import { haveEnough } from './out-of-fold.ts';
import { joinGroups } from './row-groups.ts';
import { countCopies, groupsOfCopies, labelsOfGroups, learnedCells } from './same-rows.ts';
import { rowsWithoutSurplus } from './surplus-repeats.ts';

export interface KeptOptions extends FitOptions {
  /** Of copies, see `groupsOfCopies`, joined with those that were given. */
  readonly groups: Int32Array | null;
  /** Rows that are the same as another, where that is not in the nature of the table. */
  readonly copies: number;
}

/** The same without copies of labelled rows that teach nothing; those that stay are known. */
export function withoutSurplus(options: FitOptions): KeptOptions {
  const { schema, rows, labels, unlabelled = [], fresh = unlabelled } = options;
  const places = rowsWithoutSurplus({
    rows: learnedCells(schema, rows),
    labels,
    unlabelled: learnedCells(schema, fresh),
  });
  const kept = places.map((i) => rows[i] as readonly string[]);
  // Beside rows without labels, copies that stay are as many as are met.
  const copies = fresh.length < rows.length ? groupsOfCopies(learnedCells(schema, kept), []) : null;
  const given = options.groups ?? null;
  return {
    ...options,
    rows: kept,
    labels: Int32Array.from(places, (i) => labels[i] as number),
    groups: joinGroups(copies, given && Int32Array.from(places, (i) => given[i] as number)),
    copies: countCopies(copies),
  };
}

/** Of each class whether its different rows are enough to be held out in turn. */
export function enoughOfClasses({ labels, groups, classes }: KeptOptions): readonly boolean[] {
  return haveEnough(labelsOfGroups(labels, groups), classes);
}
