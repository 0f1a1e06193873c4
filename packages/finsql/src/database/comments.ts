/**
 * Comments in the text of a CREATE TABLE, which SQLite keeps as it was written:
 *
 *     CREATE TABLE fund ( -- funds on sale | 基金
 *       code TEXT,        -- trading code | 代码
 *
 * A comment belongs to the definition that ends, or begins, last before it on its line;
 * a comment alone on its line belongs to the definition below it.
 */
export interface TableComments {
  readonly table: string;
  /** By column name as written in the statement. */
  readonly columns: ReadonlyMap<string, string>;
}

const PART =
  /--([^\n]*)|\/\*([\s\S]*?)(?:\*\/|$)|("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|('(?:[^']|'')*')|([\p{L}\p{N}_$.]+)|(\n)|([\s\S])/gu;

/** The comments of one CREATE TABLE statement. Any text is accepted. */
export function parseComments(sql: string): TableComments {
  const columns = new Map<string, string>();
  let table = '';
  let depth = 0;
  let current: string | undefined; // the definition that a comment on this line belongs to
  let fresh = false; // the next name begins a definition
  let lineHasCode = false;
  let waiting = '';
  const attach = (name: string | undefined, comment: string) => {
    if (comment === '') return;
    if (name === undefined) table = join(table, comment);
    else columns.set(name, join(columns.get(name) ?? '', comment));
  };
  for (const part of sql.matchAll(PART)) {
    const [, line, block, quoted, string, word, newline, other] = part;
    const comment = line ?? block;
    if (comment !== undefined) {
      const text = comment.trim().replace(/\s+/g, ' ');
      if (depth === 0) attach(undefined, text);
      else if (lineHasCode) attach(current, text);
      else waiting = join(waiting, text);
    } else if (newline !== undefined) {
      lineHasCode = false;
    } else if (quoted !== undefined || string !== undefined || word !== undefined) {
      if (fresh) {
        // SQLite takes a text where a name begins a definition, too.
        const named = quoted ?? string;
        current = named === undefined ? word : unquote(named);
        fresh = false;
        attach(current, waiting);
        waiting = '';
      }
      lineHasCode = true;
    } else if (other !== undefined && other.trim() !== '') {
      if (other === '(') {
        depth++;
        if (depth === 1) fresh = true;
      } else if (other === ')') {
        depth--;
      } else if (other === ',' && depth === 1) {
        fresh = true;
      }
      lineHasCode = true;
    }
  }
  return { table, columns };
}

function join(first: string, second: string): string {
  return first === '' ? second : `${first} ${second}`;
}

function unquote(text: string): string {
  const mark = text[0] ?? '';
  const inner = text.slice(1, -1);
  return mark === '[' ? inner : inner.replaceAll(mark + mark, mark);
}
