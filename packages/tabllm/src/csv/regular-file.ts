import type { Stats } from 'node:fs';
import { statIfThere, type Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';

/**
 * For what is read more than once. What is not there is told by whoever opens it.
 * @throws TabLlmError 'bad-csv' for a pipe, a folder or a device
 */
export function expectRegularFile(path: string): void {
  const state = statIfThere(path);
  if (state === undefined || state.isFile()) return;
  const { en, zh } = kindOf(state);
  throw new TabLlmError('bad-csv', {
    en: `Cannot read ${path}: it is ${en}, and a table is read several times. Save the rows as a CSV file and give that.`,
    zh: `无法读取 ${path}：它是${zh}，而表格要读取多次。请把各行存为 CSV 文件后再使用。`,
  });
}

function kindOf(state: Stats): Translated {
  if (state.isDirectory()) return { en: 'a folder', zh: '文件夹' };
  if (state.isFIFO()) return { en: 'a pipe, which can be read once', zh: '只能读取一次的管道' };
  if (state.isSocket())
    return { en: 'a socket, which can be read once', zh: '只能读取一次的套接字' };
  return { en: 'a device', zh: '设备' };
}
