import { type AdapterHub, described } from '@quaestor/peft';
import * as z from 'zod';
import { ServerError } from '../errors.ts';

export const adapterName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    'is no name: expected up to 100 letters, digits, dots, dashes or underscores',
  );

/** Of a job that makes an adapter. */
export const newAdapterFields = {
  name: adapterName.apply(described, { en: 'name of the new adapter', zh: '新适配器的名称' }),
  replace: z
    .boolean()
    .default(false)
    .apply(described, { en: 'replace an adapter of that name', zh: '替换同名的适配器' }),
};

/**
 * Makes sure that a new adapter may have this name.
 * @param promised names that queued jobs will give
 * @throws ServerError 'conflict'
 */
export function expectFree(
  hub: AdapterHub,
  name: string,
  { replace, promised }: { readonly replace: boolean; readonly promised: readonly string[] },
): void {
  const taken = hub.find(name);
  if (taken !== undefined && !(replace && !taken.readOnly)) {
    const [en, zh] = taken.readOnly ? ['', ''] : [', or replace it', '，或覆盖它'];
    throw new ServerError('conflict', {
      en: `There is already an adapter ${name}; choose another name${en}.`,
      zh: `已有名为 ${name} 的适配器，请换一个名称${zh}。`,
    });
  }
  if (promised.includes(name)) {
    throw new ServerError('conflict', {
      en: `A job that is not over makes an adapter ${name} already.`,
      zh: `已有未完成的任务正在生成适配器 ${name}，请换一个名称。`,
    });
  }
}
