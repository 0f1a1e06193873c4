/** Patterns along keys: a table and one it refers to, and two tables that a third one links. */
import type { PatternDraft } from './pattern-draft.ts';
import type { Said, TableRoles } from './schema-roles.ts';

interface Key {
  readonly child: TableRoles;
  readonly parent: TableRoles;
  readonly label: Said;
  /** `c.x = p.y`. */
  readonly on: string;
  readonly column: string;
  readonly target: string;
}

/** Adds the patterns of every key whose target has a label. */
export function joinPatterns(roles: readonly TableRoles[], draft: PatternDraft): void {
  const byName = new Map(roles.map((table) => [table.table.name.toLowerCase(), table]));
  for (const child of roles) {
    const keys = child.parents.flatMap(({ column, target, of }): Key[] => {
      const parent = byName.get(of);
      if (parent?.label === undefined || parent === child) return [];
      return [
        { child, parent, label: parent.label, on: `c.${column} = p.${target}`, column, target },
      ];
    });
    for (const key of keys) keyPatterns(key, draft);
    for (const [at, first] of keys.entries()) {
      for (const second of keys.slice(at + 1)) {
        if (first.parent === second.parent) continue;
        linkPatterns(first, second, draft);
        linkPatterns(second, first, draft);
      }
    }
  }
}

function keyPatterns({ child, parent, label, on, column, target }: Key, draft: PatternDraft): void {
  const from = `${child.sql} as c join ${parent.sql} as p on ${on}`;
  const value = draft.values(parent, label);
  const group = `p.${target}, p.${label.sql}`;
  const add = (intent: string, wordings: readonly string[], statement: string) =>
    draft.add(`${child.sql} → ${parent.sql}: ${intent}`, wordings, statement);
  add(
    'count of',
    [
      `How many ${child.plural} does the ${parent.singular} {${value}} have?`,
      `Count the ${child.plural} of {${value}}.`,
    ],
    `select count(*) from ${from} where p.${label.sql} = {${value}}`,
  );
  add(
    'count per',
    [
      `How many ${child.plural} are there [for each|per] ${parent.singular}?`,
      `Count the ${child.plural} by ${parent.singular}.`,
    ],
    `select p.${label.sql}, count(*) from ${from} group by ${group}`,
  );
  add(
    'most',
    [`Which ${parent.singular} has the most ${child.plural}?`],
    `select p.${label.sql} from ${from} group by ${group} order by count(*) desc limit 1`,
  );
  add(
    'at least',
    [`Which ${parent.plural} have at least {few} ${child.plural}?`],
    `select p.${label.sql} from ${from} group by ${group} having count(*) >= {few}`,
  );
  add(
    'none',
    [`Which ${parent.plural} have no ${child.plural}?`],
    `select ${label.sql} from ${parent.sql} where ${target} not in (select ${column} from ${child.sql} where ${column} is not null)`,
  );
  if (child.measures.length > 0) {
    const m = draft.columns(child, child.measures);
    add(
      'aggregate of',
      [`What is the {figure} {${m}} of the ${child.plural} of {${value}}?`],
      `select {figure}(c.{${m}}) from ${from} where p.${label.sql} = {${value}}`,
    );
    add(
      'aggregate per',
      [`What is the {figure} {${m}} of ${child.plural} [for each|per] ${parent.singular}?`],
      `select p.${label.sql}, {figure}(c.{${m}}) from ${from} group by ${group}`,
    );
    add(
      'best',
      [`Which ${parent.singular} has the {order} total {${m}} of its ${child.plural}?`],
      `select p.${label.sql} from ${from} group by ${group} order by sum(c.{${m}}) {order} limit 1`,
    );
    add(
      'with',
      [`Which ${parent.plural} have a ${child.singular} with a {${m}} {more} {${m}.at}?`],
      `select distinct p.${label.sql} from ${from} where c.{${m}} {more} {${m}.at}`,
    );
  }
  for (const category of child.categories) {
    const kind = draft.values(child, category);
    const by = category.words.split('|')[0];
    add(
      'with kind',
      [`Which ${parent.plural} have a ${child.singular} whose ${by} is {${kind}}?`],
      `select distinct p.${label.sql} from ${from} where c.${category.sql} = {${kind}}`,
    );
    add(
      'both',
      [
        `Which ${parent.plural} have a ${child.singular} with ${by} {${kind}} and one with ${by} {${kind}2}?`,
      ],
      `select p.${label.sql} from ${from} where c.${category.sql} = {${kind}} intersect select p.${label.sql} from ${from} where c.${category.sql} = {${kind}2}`,
    );
    add(
      'but not',
      [
        `Which ${parent.plural} have a ${child.singular} with ${by} {${kind}} but none with ${by} {${kind}2}?`,
      ],
      `select p.${label.sql} from ${from} where c.${category.sql} = {${kind}} except select p.${label.sql} from ${from} where c.${category.sql} = {${kind}2}`,
    );
  }
  for (const date of child.dates) {
    add(
      'latest of',
      [`What is the latest ${date.words.split('|')[0]} of the ${child.plural} of {${value}}?`],
      `select max(c.${date.sql}) from ${from} where p.${label.sql} = {${value}}`,
    );
    if (child.measures.length === 0) continue;
    const m = draft.columns(child, child.measures);
    add(
      'latest value',
      [`What is the latest {${m}} of {${value}}?`],
      `select c.{${m}} from ${from} where p.${label.sql} = {${value}} order by c.${date.sql} desc limit 1`,
    );
  }
  if (child.label === undefined) return;
  add(
    'of',
    [
      `Which ${child.plural} does {${value}} have?`,
      `List the ${child.plural} of the ${parent.singular} {${value}}.`,
    ],
    `select c.${child.label.sql} from ${from} where p.${label.sql} = {${value}}`,
  );
  add(
    'with parent',
    [`[List|Show] each ${child.singular} with its ${parent.singular}.`],
    `select c.${child.label.sql}, p.${label.sql} from ${from}`,
  );
  for (const category of parent.categories) {
    const kind = draft.values(parent, category);
    add(
      'of kind',
      [
        `Which ${child.plural} belong to ${parent.plural} whose ${category.words.split('|')[0]} is {${kind}}?`,
      ],
      `select c.${child.label.sql} from ${from} where p.${category.sql} = {${kind}}`,
    );
  }
}

/** `first` and `second` are keys of one table: which seconds go with a given first. */
function linkPatterns(first: Key, second: Key, draft: PatternDraft): void {
  const { child } = first;
  const from = `${child.sql} as c join ${first.parent.sql} as p on ${first.on} join ${second.parent.sql} as q on c.${second.column} = q.${second.target}`;
  const value = draft.values(first.parent, first.label);
  const shown = `q.${second.label.sql}`;
  const add = (intent: string, wordings: readonly string[], statement: string) =>
    draft.add(
      `${first.parent.sql} — ${child.sql} — ${second.parent.sql}: ${intent}`,
      wordings,
      statement,
    );
  add(
    'linked',
    [
      `Which ${second.parent.plural} go with the ${first.parent.singular} {${value}} in the ${child.plural}?`,
      `List the ${second.parent.plural} of {${value}} according to the ${child.plural}.`,
    ],
    `select distinct ${shown} from ${from} where p.${first.label.sql} = {${value}}`,
  );
  add(
    'linked, count',
    [
      `How many [different|] ${second.parent.plural} go with the ${first.parent.singular} {${value}} in the ${child.plural}?`,
    ],
    `select count(distinct c.${second.column}) from ${child.sql} as c join ${first.parent.sql} as p on ${first.on} where p.${first.label.sql} = {${value}}`,
  );
  if (child.measures.length === 0) return;
  const m = draft.columns(child, child.measures);
  add(
    'linked, best',
    [
      `Which ${second.parent.singular} has the {order} {${m}} for the ${first.parent.singular} {${value}}?`,
    ],
    `select ${shown} from ${from} where p.${first.label.sql} = {${value}} order by c.{${m}} {order} limit 1`,
  );
}
