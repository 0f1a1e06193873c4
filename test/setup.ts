/**
 * Two guards around every test: nothing may be printed, and no tensor may be left behind. The engine
 * is looked at only when a test has loaded it, so tests that need none start at once.
 */
import { beforeEach } from 'vitest';

process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

const GUARDED = ['debug', 'error', 'info', 'log', 'warn'] as const;

// biome-ignore lint/suspicious/noConsole: the guard itself
const originals = GUARDED.map((method) => [method, console[method]] as const);
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  for (const method of GUARDED) {
    console[method] = (...values: unknown[]) => {
      printed.push(`console.${method}(${values.map(String).join(', ')})`);
    };
  }
  const tensorsBefore = liveTensors();
  // Returned, not an afterEach: it runs after the clean-up of the test's own hooks.
  return () => check(tensorsBefore);
});

function check(tensorsBefore: number): void {
  for (const [method, original] of originals) console[method] = original;
  if (printed.length > 0) throw new Error(`a test printed: ${printed.join('; ')}`);
  const left = liveTensors() - tensorsBefore;
  if (left > 0) {
    throw new Error(
      `${left} tensors leaked: dispose them, or make them in beforeAll and dispose in afterAll`,
    );
  }
}

/** Tensors that tfjs holds; 0 while no engine is loaded. tfjs keeps one engine per process, here. */
function liveTensors(): number {
  const { _tfengine } = globalThis as { _tfengine?: { state?: { numTensors: number } } };
  return _tfengine?.state?.numTensors ?? 0;
}
