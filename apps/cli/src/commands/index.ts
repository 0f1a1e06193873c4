import type { Command } from '../command.ts';
import { doctor } from './doctor.ts';
import { setup } from './setup.ts';

/** Every command, in the order of the help page. A new one is added here. */
export const commands: readonly Command[] = [setup, doctor];
