import { PeftError } from '../errors.ts';
import { readAdapterConfig } from '../io/adapter-files.ts';
import { storedMethod } from '../tuners/stored-method.ts';
import type { HubEntry } from './hub-entry.ts';

/**
 * The method that a training is by: the one that is named, else that of the adapter to go on from, else
 * LoRA. `lora` is also the name of what is saved as one: an adapter of DoRA stays that.
 * @param named undefined: none
 * @param from the adapter to go on from; undefined: the training begins from nothing
 * @throws PeftError 'mismatch' for an adapter of another method, 'bad-file' for one that cannot be read
 */
export function methodToTrain(named: string | undefined, from?: HubEntry): string {
  if (from === undefined) return named ?? 'lora';
  const theirs = storedMethod(readAdapterConfig(from.path));
  const fits = named === undefined || named === theirs || named === from.peftType.toLowerCase();
  if (theirs !== null && fits) return theirs;
  throw new PeftError('mismatch', {
    en: `${from.name} is an adapter of the method ${theirs ?? from.peftType}, and ${named ?? 'lora'} is asked for: expected the same. Choose that method, or begin from nothing.`,
    zh: `${from.name} 是用方法 ${theirs ?? from.peftType} 训练的，而要求的是 ${named ?? 'lora'}，两者须相同。请选择该方法，或从头开始训练。`,
  });
}
