/** The curve of the kernel, two numbers at a time: the program of `kernel-curve.wat`, with its memory. */
import { TABLE } from './fast-exp.ts';
import type { KernelCurve, SpanningColumns } from './kernel-curve.ts';
import { KERNEL_CURVE } from './kernel-curve-bytes.ts';

/** What is used of WebAssembly: TypeScript tells of it only beside all else that a browser has. */
interface WebAssemblyEngine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: object,
  ) => {
    readonly exports: { curve(...numbers: readonly number[]): void };
  };
}

const { WebAssembly: engine } = globalThis as unknown as {
  readonly WebAssembly?: WebAssemblyEngine;
};
const PAGE = 65_536;
/** Bytes of an entry of the row: its value, and where the column of the spanning rows begins. */
const ENTRY = 16;

let compiled: object | null | undefined;

/** The program; null where the processor lacks what it needs. */
function compile(): object | null {
  if (engine === undefined) return null;
  const bytes = Buffer.from(KERNEL_CURVE, 'base64');
  return engine.validate(bytes) ? new engine.Module(bytes) : null;
}

function start(bytes: number) {
  compiled ??= compile();
  if (engine === undefined || compiled === null) return null;
  try {
    // Some GB of addresses are set aside with it, of which there may be no more.
    const memory = new engine.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new engine.Instance(compiled, { js: { memory } });
    return { memory: memory.buffer, curve: exports.curve };
  } catch {
    return null;
  }
}

/** null: it does not run here, see `plainCurve`. */
export function curveInLanes({ columns, width, squares }: SpanningColumns): KernelCurve | null {
  if (width === 0) return null;
  const entries = columns.length / width;
  const at = { columns: 0, squares: 4 * columns.length, values: 0, table: 0, entries: 0 };
  at.values = at.squares + 8 * width;
  at.table = at.values + 8 * width;
  at.entries = at.table + 8 * TABLE.length;
  const program = start(at.entries + ENTRY * entries);
  if (program === null) return null;
  const { memory, curve } = program;
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
      curve(at.entries, end, at.squares, at.values, last, at.table, square, scale);
    },
  };
}
