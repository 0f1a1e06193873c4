/** Excel's own first line, `sep=;`: it says what stands between cells, and is no part of the table. */
const LINE = /^"?sep=([^\n"])"?(?:\n|$)/i;
/** As long as it gets: quoted, with the line end. */
const LONGEST = '"sep=;"\n'.length;

export interface SeparatorLine {
  readonly delimiter: string;
  /** What follows the line. */
  readonly rest: string;
}

/** @param text from the beginning, line ends as \n @returns null without such a line */
export function separatorLine(text: string): SeparatorLine | null {
  const found = LINE.exec(text);
  return found && { delimiter: found[1] as string, rest: text.slice(found[0].length) };
}

/** The texts of a table, such a line left out. */
export async function* withoutSeparatorLine(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | null = '';
  for await (const text of texts) {
    if (head === null) {
      yield text;
      continue;
    }
    head += text;
    if (head.length < LONGEST) continue;
    const rest = separatorLine(head)?.rest ?? head;
    head = null;
    if (rest !== '') yield rest;
  }
  if (!head) return;
  const rest = separatorLine(head)?.rest ?? head;
  if (rest !== '') yield rest;
}
