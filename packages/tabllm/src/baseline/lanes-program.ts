/** Programs in WebAssembly, which compute several numbers at a time: text in a `.wat`, bytes beside it. */

/** What is used of WebAssembly: TypeScript tells of it only beside all else that a browser has. */
interface WebAssemblyEngine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

const { WebAssembly: engine } = globalThis as unknown as {
  readonly WebAssembly?: WebAssemblyEngine;
};
const PAGE = 65_536;

/** By its bytes; null where the processor lacks what it needs. */
const compiled = new Map<string, object | null>();

/** A program, with a memory of its own. */
export interface LanesProgram<Exports> {
  readonly memory: ArrayBuffer;
  readonly exports: Exports;
}

/**
 * @param base64 the program's bytes
 * @param bytes how much memory it takes
 * @returns null where it does not run
 */
export function startProgram<Exports extends object>(
  base64: string,
  bytes: number,
): LanesProgram<Exports> | null {
  if (!compiled.has(base64)) compiled.set(base64, compile(base64));
  const module = compiled.get(base64);
  if (!engine || !module) return null;
  try {
    // Some GB of addresses are set aside with it, of which there may be no more.
    const memory = new engine.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new engine.Instance(module, { js: { memory } });
    return { memory: memory.buffer, exports: exports as Exports };
  } catch {
    return null;
  }
}

function compile(base64: string): object | null {
  const bytes = Buffer.from(base64, 'base64');
  return engine?.validate(bytes) ? new engine.Module(bytes) : null;
}

/** Where the parts of a program's memory lie, one after the other, each where lanes can be read. */
export class MemoryPlan {
  #end = 0;

  /** @returns where these bytes begin */
  take(bytes: number): number {
    const start = this.#end;
    this.#end = 16 * Math.ceil((start + bytes) / 16);
    return start;
  }

  get bytes(): number {
    return this.#end;
  }
}
