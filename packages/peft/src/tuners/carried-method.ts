/**
 * One method at a time on a model: methods put hooks and tensors in the places of the base's, and two
 * of them that are taken off in another order than they came would leave one's in the other's place.
 */
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';

/**
 * Notes that a method is on the model.
 * @returns what takes this note away, and says whether it was still there
 * @throws PeftError 'bad-config' when there is one already
 */
export function carryMethod(model: LanguageModel, method: string): () => boolean {
  const { name, carried } = model;
  if (carried) {
    throw new PeftError('bad-config', {
      en: `${name} already carries ${carried.method}, so ${method} cannot be attached; detach that first, or attach this to a view of the model (modelView)`,
      zh: `${name} 已装有 ${carried.method}，不能再装 ${method}；请先将其卸下，或装到模型的视图（modelView）上`,
    });
  }
  const mine = { method };
  model.carried = mine;
  return () => {
    if (model.carried !== mine) return false;
    model.carried = null;
    return true;
  };
}
