/** Rows drawn without repeats. */
import type { Random } from '@quaestor/peft';

/** @returns `count` of the numbers below `rows` */
export function drawRows(rows: number, count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const pick = i + random.integer(rows - i);
    const held = order[i] as number;
    order[i] = order[pick] as number;
    order[pick] = held;
  }
  return order.slice(0, count);
}
