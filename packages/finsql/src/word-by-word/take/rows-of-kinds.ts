/** Rows that a stored text alone names: the vehicles of a class of assets, the companies among supporters. */
import { singular } from '../../retrieval/words.ts';
import { findTable, fold } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, isLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnOn, isMeasure, isTable, type Measure } from '../model/reading.ts';

/** `companies that gave`, `how many companies gave`: those who a kind of theirs names; undefined where none is. */
export function ownersNamed(state: ParseState, done: string): string | undefined {
  const { asked, said, chinese, links } = state;
  const [first] = asked.conditions;
  const kind = first?.kind === 'compare' && first.sign === '=' ? first.column : undefined;
  const isOpen = asked.thing === undefined && asked.shown.length === 0 && asked.groups.length === 0;
  if (chinese || kind === undefined || !isOpen || asked.asks !== undefined) return undefined;
  if (said.calls.some((call) => call !== 'count') || said.grouping) return undefined;
  const { table } = kind;
  if (isTable(table, done) || !isPartOf(links, done, table) || isPartOf(links, table, done))
    return undefined;
  return hasLabel(state, table) && !isLabel(state, kind) ? table : undefined;
}

const KINDS = /^(?:class|category|type|kind|group|family|sector|segment)$/;

/** `vehicles at Harbour Office`: of what is held to the name of a class, the rows of that class are asked for. */
export function nameRowsOfKind(state: ParseState): void {
  const { asked, said, chinese } = state;
  const isOpen = asked.having.length === 0 && asked.asks === undefined && !asked.who;
  if (chinese || !isOpen || said.calls.length > 0) return;
  const kinds = asked.conditions.flatMap((one) => {
    const column = columnOn(one);
    const isHeld = (one.kind === 'compare' && one.sign === '=') || one.kind === 'among';
    return isHeld && column !== undefined && isNameOfKind(state, column) ? column.table : [];
  });
  const [kind, ...others] = kinds;
  const areCounted = asked.shown.every((item) => isMeasure(item) && isCountOf(item, kind));
  if (kind === undefined || others.length > 0 || !areCounted) return;
  const rows = rowsOf(state, kind);
  if (rows === undefined) return;
  asked.shown = asked.shown.map(() => ({ call: 'count', rows }));
  if (asked.thing === undefined || isPlaceOf(state, rows, kind)) asked.thing = rows;
}

function isCountOf({ call, of, rows, heldTo }: Measure, table: string | undefined): boolean {
  return call === 'count' && of === undefined && heldTo === undefined && isTable(rows, table ?? '');
}

/** `which vehicles at leased sites`: what is asked for stands first, and where it is behind a preposition. */
function isPlaceOf({ asked, phrases, links }: ParseState, rows: string, kind: string): boolean {
  const heard = phrases.filter(
    (one) => !isWord(one, 'noise', 'which', 'list', 'how-many', 'copula'),
  );
  const [first, joint] = heard;
  const isFirst =
    first?.kind === 'value' && isTable(first.table, kind) && isWord(joint, 'preposition');
  const isNamed = phrases.some((one) => one.kind === 'table' && isTable(one.table, rows));
  return isFirst && !isNamed && isPartOf(links, rows, asked.thing ?? rows);
}

/** The table of the rows that a stored text names: assets, by the name of a class; undefined where it names no kind. */
export function rowsNamedBy(state: ParseState, ref: ColumnRef): string | undefined {
  return isNameOfKind(state, ref) ? rowsOf(state, ref.table) : undefined;
}

/** Whether a column holds what kinds of rows are called, in a table of such kinds. */
function isNameOfKind(state: ParseState, ref: ColumnRef): boolean {
  return KINDS.test(singular(tableWords(ref.table).at(-1) ?? '')) && isLabel(state, ref);
}

/** The only table whose rows are of those kinds; undefined where there are several, or none that can be told. */
function rowsOf(state: ParseState, kind: string): string | undefined {
  const { links, schema } = state;
  const owners = links.filter(({ target, table }) => target === fold(kind) && table !== target);
  const [only, ...others] = [...new Set(owners.map(({ table }) => table))];
  const rows = only === undefined || others.length > 0 ? undefined : findTable(schema, only);
  return rows !== undefined && hasLabel(state, rows.name) ? rows.name : undefined;
}
