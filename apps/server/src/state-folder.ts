import { accessSync, constants, mkdirSync } from 'node:fs';
import { reasonOf, statIfThere } from '@quaestor/peft';
import { ServerError } from './errors.ts';

/**
 * Makes the state folder where there is none.
 * @throws ServerError 'bad-config' where it is a file or cannot be written
 */
export function makeStateFolder(home: string): void {
  if (statIfThere(home)?.isDirectory() === false) {
    throw new ServerError('bad-config', {
      en: `The state folder ${home} is a file: expected a folder, or nothing yet. Move the file away, or choose another place with QUAESTOR_HOME.`,
      zh: `状态文件夹 ${home} 是一个文件，应为文件夹，或尚不存在。请移走该文件，或用 QUAESTOR_HOME 指定其他位置。`,
    });
  }
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const why = reasonOf(cause, home);
    throw new ServerError(
      'bad-config',
      {
        en: `The state folder ${home} cannot be written: ${why.en}. Let this user write there, or choose another with QUAESTOR_HOME.`,
        zh: `状态文件夹 ${home} 无法写入：${why.zh}。请让当前用户可以写入，或用 QUAESTOR_HOME 指定另一个文件夹。`,
      },
      { cause },
    );
  }
}
