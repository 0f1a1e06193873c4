import { stateFolder, statIfThere } from '@quaestor/peft';
import { InputError } from './errors.ts';

/** @throws InputError where something else than a folder lies at the place of the state folder */
export function expectStateFolder(): void {
  const home = stateFolder();
  if (statIfThere(home)?.isDirectory() !== false) return;
  throw new InputError({
    en: `The state folder ${home} is a file: expected a folder, or nothing yet. Move the file away, or choose another place with QUAESTOR_HOME.`,
    zh: `状态文件夹 ${home} 是一个文件，应为文件夹，或尚不存在。请移走该文件，或用 QUAESTOR_HOME 指定其他位置。`,
  });
}
