import { spaced } from './spaced.ts';

/** `a、b 和 c` */
export function list(parts: readonly string[]): string {
  const [last = ''] = parts.slice(-1);
  return parts.length <= 1 ? last : spaced`${parts.slice(0, -1).join('、')} 和 ${last}`;
}
