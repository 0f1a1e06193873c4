/** A text as SQL writes it, in single quotes. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A text or a number as SQL writes it. */
export function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : textLiteral(value);
}
