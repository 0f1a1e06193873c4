import { basename, join } from 'node:path';
import {
  type Description,
  DescriptionStore,
  databaseName,
  describeSchema,
  introspectApart,
  isKnown,
  meaning,
  type Schema,
} from '@quaestor/finsql';
import { stateFolder } from '@quaestor/peft';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { nameOfDatabase } from '../described-source.ts';
import { InputError, UsageError } from '../errors.ts';
import { findDatabase } from '../find-database.ts';
import { printableLine } from '../printable.ts';
import { table, tableOptions } from '../table.ts';

type Place = Omit<Description, 'text'>;

/** `quaestor describe`: what tables and columns mean, shown and said. */
export const describe = defineCommand({
  options: z.object({
    db: argument(completing('databases', z.string().min(1).describe('name of the database'))),
    what: argument(
      completing(
        'nothing',
        z.string().min(1).optional().describe('TABLE or TABLE.COLUMN; without it, all are shown'),
      ),
    ),
    text: argument(
      completing('nothing', meaning.optional().describe('what it means, in quotes, on one line')),
    ),
    remove: z.boolean().default(false).describe('take the description away'),
    json: jsonOption,
  }),
  examples: [
    'describe demo',
    'describe demo fund "mutual funds on sale | 基金"',
    'describe demo fund_nav.unit_nav "value of one share | 单位净值"',
    'describe demo fund_nav.unit_nav --remove',
  ],
  run: async ({ db, what, text, remove, json }, terminal) => {
    const file = findDatabase(db, terminal.cwd);
    const name = nameOfDatabase(file);
    if (name === undefined) {
      throw new InputError(
        `${db} lies outside of the databases folder; descriptions belong to a database by its name. Copy it to ${join(stateFolder('databases'), basename(file))}, or upload it on the page, and describe ${databaseName(file)}.`,
      );
    }
    if (remove && (what === undefined || text !== undefined)) {
      throw new UsageError(['--remove takes TABLE or TABLE.COLUMN, and no text.'], 'describe');
    }
    const store = new DescriptionStore();
    const schema = await introspectApart(file, name);
    const place = what === undefined ? undefined : placeOf(schema, what);
    if (place !== undefined && (remove || text !== undefined)) {
      store.change(schema, [{ ...place, text: text ?? null }]);
    }
    const descriptions = store.read(name);
    if (json) {
      terminal.stdout.write(`${JSON.stringify({ database: name, descriptions }, null, 2)}\n`);
      return;
    }
    const rows = rowsOf(schema, descriptions).filter(([of]) => concerns(of, place));
    if (rows.length === 0) throw new InputError(`${name} has no table ${place?.table}.`);
    const cells = rows.map(([of, ...rest]) => [nameOf(of), ...rest]);
    terminal.stdout.write(table(['what', 'means', 'says'], cells, tableOptions(terminal)));
    const gone = descriptions.filter((one) => !isKnown(schema, one)).map(nameOf);
    if (gone.length > 0) {
      const list = printableLine(gone.join(', '));
      terminal.stderr.write(`Described, but no longer there, so it counts for nothing: ${list}\n`);
    }
  },
});

/** Names may have dots: a table of the whole name goes before the column of a table. */
function placeOf(schema: Schema, what: string): Place {
  const begins = (name: string) => `${what.toLowerCase()}.`.startsWith(`${name.toLowerCase()}.`);
  const names = schema.tables.map(({ name }) => name).filter(begins);
  const known = names.sort((a, b) => b.length - a.length)[0];
  const at = known?.length ?? what.indexOf('.');
  return at === -1 || at === what.length
    ? { table: what, column: null }
    : { table: what.slice(0, at), column: what.slice(at + 1) };
}

const nameOf = ({ table: of, column }: Place) => (column === null ? of : `${of}.${column}`);

/** A table goes with all its columns. */
const concerns = (of: Place, place: Place | undefined) =>
  place === undefined ||
  (of.table.toLowerCase() === place.table.toLowerCase() &&
    (place.column === null || of.column?.toLowerCase() === place.column.toLowerCase()));

/** What each table and column means, and who says so. */
function rowsOf(schema: Schema, descriptions: readonly Description[]): [Place, string, string][] {
  const said = (place: Place) =>
    descriptions.some(({ table: of, column }) => of === place.table && column === place.column);
  const row = (place: Place, comment: string): [Place, string, string] => [
    place,
    comment,
    said(place) ? 'you' : comment === '' ? '' : 'the file',
  ];
  return describeSchema(schema, descriptions).tables.flatMap((one) => [
    row({ table: one.name, column: null }, one.comment),
    ...one.columns.map(({ name, comment }) => row({ table: one.name, column: name }, comment)),
  ]);
}
