/** The curve of the kernel, two numbers at a time: the program of `kernel-curve.wat`, with its memory. */
import { TABLE } from './fast-exp.ts';
import type { KernelCurve, SpanningColumns } from './kernel-curve.ts';
import { KERNEL_CURVE } from './kernel-curve-bytes.ts';
import { MemoryPlan, startProgram } from './lanes-program.ts';

/** Bytes of an entry of the row: its value, and where the column of the spanning rows begins. */
const ENTRY = 16;

interface Curve {
  curve(...numbers: readonly number[]): void;
}

/** null: it does not run here, see `plainCurve`. */
export function curveInLanes({ columns, width, squares }: SpanningColumns): KernelCurve | null {
  if (width === 0) return null;
  const entries = columns.length / width;
  const plan = new MemoryPlan();
  const at = {
    columns: plan.take(4 * columns.length),
    squares: plan.take(8 * width),
    values: plan.take(8 * width),
    table: plan.take(8 * TABLE.length),
    entries: plan.take(ENTRY * entries),
  };
  const program = startProgram<Curve>(KERNEL_CURVE, plan.bytes);
  if (program === null) return null;
  const { memory, exports } = program;
  new Float32Array(memory, at.columns, columns.length).set(columns);
  new Float64Array(memory, at.squares, width).set(squares);
  new Float64Array(memory, at.table, TABLE.length).set(TABLE);
  const values = new Float64Array(memory, at.values, width);
  const entryValues = new Float64Array(memory, at.entries, 2 * entries);
  const entryColumns = new Int32Array(memory, at.entries, 4 * entries);
  const last = at.values + 8 * width;
  return {
    values,
    find: ({ places, values }, from, to, square, scale) => {
      for (let e = from, i = 0; e < to; e++, i++) {
        entryValues[2 * i] = values[e] as number;
        entryColumns[4 * i + 2] = 4 * width * (places[e] as number);
      }
      const end = at.entries + ENTRY * (to - from);
      exports.curve(at.entries, end, at.squares, at.values, last, at.table, square, scale);
    },
  };
}
