import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdapterHub, type HubEntry, openHub, stateFolder, writeAdapter } from '@quaestor/peft';
import { inRepository } from './repository.ts';

/** The user's adapters and, behind them, the ones that come with the repository. */
export function openAdapters(): AdapterHub {
  return openHub([stateFolder('adapters'), inRepository('data/adapters')]);
}

/** Writes an adapter and puts it into the hub under a name, which must be free or replaceable. */
export function addAdapter(
  { config, tensors, card }: AdapterContent,
  name: string,
  options: { readonly replace: boolean; readonly dtype?: WriteOptions['dtype'] },
): HubEntry {
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

type WriteArguments = Parameters<typeof writeAdapter>;
type WriteOptions = NonNullable<WriteArguments[3]>;

interface AdapterContent {
  readonly config: WriteArguments[1];
  readonly tensors: WriteArguments[2];
  readonly card: object;
}
