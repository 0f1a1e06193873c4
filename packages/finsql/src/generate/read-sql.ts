/** The statement in a completion: without fences, labels and what follows it. */
export function readSql(completion: string): string {
  const fenced = /```(?:sql)?\s*([\s\S]*?)(?:```|$)/i.exec(completion)?.[1] ?? completion;
  const text = fenced.replace(/^\s*SQL:/i, '').trim();
  const [statement = ''] = text.split(/\n\s*\n|\n(?:Q|SQL):/);
  return statement
    .replace(/\s*\n\s*/g, ' ')
    .replace(/;+\s*$/, '')
    .trim();
}
