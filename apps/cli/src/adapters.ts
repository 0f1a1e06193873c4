import { type AdapterHub, openHub, stateFolder } from '@quaestor/peft';
import { inRepository } from './repository.ts';

/** The user's adapters and, behind them, the ones that come with the repository. */
export function openAdapters(): AdapterHub {
  return openHub([stateFolder('adapters'), inRepository('data/adapters')]);
}
