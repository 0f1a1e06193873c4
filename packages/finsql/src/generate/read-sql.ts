import { tokenizeSql } from '../sql/tokenize.ts';
import { afterSkeleton } from './skeleton-first.ts';

/**
 * The statement in a completion, on one line: without a skeleton, fences, labels, comments and what
 * follows it.
 */
export function readSql(completion: string): string {
  const fenced = /```(?:sql)?\s*([\s\S]*?)(?:```|$)/i.exec(completion)?.[1] ?? completion;
  const text = afterSkeleton(fenced.replace(/^\s*SQL:/i, '')).trim();
  const [statement = ''] = text.split(/\n\s*\n|\n(?:Q|SQL):/);
  return onOneLine(statement)
    .replace(/[;\s]+$/, '')
    .trim();
}

/** A comment ends with its line, so joining lines would make it swallow the rest of the statement. */
function onOneLine(statement: string): string {
  let line = '';
  let end = 0;
  for (const { text, start } of tokenizeSql(statement)) {
    line += start > end && line !== '' ? ` ${text}` : text;
    end = start + text.length;
  }
  return line;
}
