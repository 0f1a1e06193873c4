/** Which generator writes the SQL, as the command line and the server are told. */
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import type { Generator } from './generator.ts';
import { remoteConfig } from './remote-config.ts';
import { createRemoteGenerator } from './remote-generator.ts';

export const GENERATORS = ['builtin', 'llama', 'remote', 'auto'] as const;

export const generatorConfig = z.object({
  generator: z
    .enum(GENERATORS)
    .default('builtin')
    .describe('builtin; llama: by node-llama-cpp; remote: a server; auto: the faster local one'),
  remoteUrl: remoteConfig.shape.url
    .optional()
    .describe('address of a server with /v1/completions (its key: QUAESTOR_REMOTE_KEY)'),
  remoteModel: z.string().min(1).optional().describe('name of the model on that server'),
});

export type GeneratorChoice = z.output<typeof generatorConfig>;

/**
 * The remote generator where one is chosen; undefined where a local one is.
 * @param key of QUAESTOR_REMOTE_KEY; empty counts as none
 * @throws FinSqlError `bad-config` when the server is not told, or is told beside a local generator
 */
export function chosenRemote(
  { generator, remoteUrl, remoteModel }: GeneratorChoice,
  key: string | undefined,
): Generator | undefined {
  if (generator !== 'remote') {
    if (remoteUrl === undefined && remoteModel === undefined) return undefined;
    throw new FinSqlError('bad-config', {
      en: `A remote model is named, but the generator is ${generator}. Choose the generator remote, or leave the address and the model out.`,
      zh: `已指定远程模型，但生成器是 ${generator}。请将生成器设为 remote，或去掉地址和模型。`,
    });
  }
  return createRemoteGenerator({
    url: remoteUrl ?? '',
    model: remoteModel ?? '',
    ...(key === undefined || key === '' ? {} : { apiKey: key }),
  });
}
