/** `a, b and c` */
export function list(parts: readonly string[], word = 'and'): string {
  return parts.length <= 1
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}
