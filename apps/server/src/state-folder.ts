import { accessSync, constants, mkdirSync } from 'node:fs';
import { reasonOf, type Translated, whyNoStateFolder } from '@quaestor/peft';
import { ServerError } from './errors.ts';

/**
 * Makes the state folder where there is none.
 * @throws ServerError 'bad-config' where it cannot be written
 */
export function makeStateFolder(home: string): void {
  const why = whyNoStateFolder(home);
  if (why !== null) throw notWritable(home, why);
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw notWritable(home, reasonOf(cause, home), cause);
  }
}

function notWritable(home: string, why: Translated, cause?: unknown): ServerError {
  return new ServerError(
    'bad-config',
    {
      en: `The state folder ${home} cannot be written: ${why.en}. Let this user write there, or choose another with QUAESTOR_HOME.`,
      zh: `状态文件夹 ${home} 无法写入：${why.zh}。请让当前用户可以写入，或用 QUAESTOR_HOME 指定另一个文件夹。`,
    },
    { cause },
  );
}
