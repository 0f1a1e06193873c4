import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdapterHub, type HubEntry, openHub, stateFolder, writeAdapter } from '@quaestor/peft';
import { InputError } from './errors.ts';
import { inRepository } from './repository.ts';

/** The user's adapters and, behind them, the ones that come with the repository. */
export function openAdapters(): AdapterHub {
  return openHub([stateFolder('adapters'), inRepository('data/adapters')]);
}

/**
 * Writes an adapter and puts it into the hub under a name, which must be free or replaceable.
 * @throws InputError for values that the type cannot hold
 */
export function addAdapter(
  { config, tensors, card }: AdapterContent,
  name: string,
  options: { readonly replace: boolean; readonly dtype?: WriteOptions['dtype'] },
): HubEntry {
  expectStorable(tensors, options.dtype ?? 'F32', name);
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-adapter-'));
  try {
    writeAdapter(join(folder, 'adapter'), config, tensors, {
      card,
      ...(options.dtype === undefined ? {} : { dtype: options.dtype }),
    });
    return openAdapters().add(join(folder, 'adapter'), name, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LARGEST_HALF = 65_504;

function expectStorable(
  tensors: AdapterContent['tensors'],
  dtype: NonNullable<WriteOptions['dtype']>,
  name: string,
): void {
  const most = dtype === 'F16' ? LARGEST_HALF : Number.MAX_VALUE;
  const beyond = [...tensors].find(
    ([, { data }]) => !data.every((value) => Math.abs(value) <= most),
  );
  if (beyond === undefined) return;
  const [module] = beyond;
  const [en, zh] =
    dtype === 'F16'
      ? ['; choose --dtype F32, or smaller weights', '，请选择 --dtype F32，或更小的权重']
      : ['; choose smaller weights', '，请选择更小的权重'];
  throw new InputError({
    en: `The weights make values in ${name} that ${dtype} cannot hold (${module})${en}.`,
    zh: `这些权重使 ${name} 中出现 ${dtype} 无法表示的值（${module}）${zh}。`,
  });
}

type WriteArguments = Parameters<typeof writeAdapter>;
type WriteOptions = NonNullable<WriteArguments[3]>;

interface AdapterContent {
  readonly config: WriteArguments[1];
  readonly tensors: WriteArguments[2];
  readonly card: object;
}
