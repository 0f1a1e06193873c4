/** The letters and digits of a column's name: case, blanks and signs hardly ever tell two columns apart. */
export function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
