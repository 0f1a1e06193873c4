/**
 * A module that is trained whole and saved under its plain name (HF-PEFT's `modules_to_save`): a
 * float32 copy stands in the place of the base's tensor.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { type BaseTensor, baseTensors } from '../model/base-tensors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { precisionOf } from '../tensors/raw-op.ts';
import { savedName } from './low-rank-layer.ts';
import { EMBEDDING, HEAD } from './low-rank-targets.ts';
import type { NamedVariable } from './tuner.ts';

/** Where a module's tensor is kept. */
type Place = Pick<BaseTensor, 'tensor'>;

export class SavedModule {
  readonly variables: readonly NamedVariable[];
  private readonly place: Place;
  private readonly original: Tensor;
  private readonly copy: Variable;
  private merged: Tensor | null = null;

  /** @param name the tensor's: `lm_head.weight` */
  constructor(place: Place, name: string) {
    const { tf } = engine();
    const original = place.tensor;
    this.place = place;
    this.original = original;
    this.copy = tf.tidy(() => tf.variable(castRaw(original, 'float32').clone()));
    const dot = name.lastIndexOf('.');
    this.variables = [
      { name: savedName(name.slice(0, dot), name.slice(dot + 1)), variable: this.copy },
    ];
    place.tensor = this.copy;
  }

  /** Stores the copy as the base's tensor is stored: products need not round it each time. */
  merge(): void {
    if (this.merged) return;
    const { tf } = engine();
    const precision = precisionOf(this.original);
    this.merged = tf.tidy(() => tf.keep(castRaw(this.copy, precision).clone()));
    this.place.tensor = this.merged;
  }

  unmerge(): void {
    if (!this.merged) return;
    this.place.tensor = this.copy;
    this.merged.dispose();
    this.merged = null;
  }

  detach(): void {
    this.unmerge();
    this.place.tensor = this.original;
    this.copy.dispose();
  }
}

/**
 * Copies of modules.
 * @param paths as `lowRankTargets` found them
 * @param tied whether a tied head follows the embedding
 * @throws PeftError 'bad-config' for a layer that lies in one tensor with layers that are not named
 */
export function saveModules(
  model: LanguageModel,
  paths: readonly string[],
  tied: boolean,
): SavedModule[] {
  const places = [...ownPlaces(model, tied), ...baseTensors(model)];
  const wanted = paths.flatMap((path) => {
    const found = new Map<string, BaseTensor | OwnPlace>();
    for (const place of places) {
      const part = place.parts.find(
        ({ name }) => name === `${path}.weight` || name === `${path}.bias`,
      );
      if (part && !found.has(part.name)) found.set(part.name, place);
    }
    return [...found];
  });
  const shared = [
    ...new Set(
      wanted
        .filter(([, { parts }]) => parts.length > 1)
        .map(([name]) => name.split('.').at(-2) as string),
    ),
  ];
  if (shared.length > 0) {
    throw new PeftError('bad-config', {
      en: `modules_to_save: ${shared.join(', ')} lie in one tensor with their neighbours and cannot be trained whole here; take embed_tokens, lm_head, norms, o_proj or down_proj, or adapt these by rank`,
      zh: `modules_to_save：${shared.join('、')} 与相邻模块在同一张量中，不能单独完整训练；请改用 embed_tokens、lm_head、归一化层、o_proj 或 down_proj，或用低秩方式训练它们`,
    });
  }
  return wanted.map(([name, place]) => new SavedModule(place, name));
}

type OwnPlace = Pick<BaseTensor, 'tensor' | 'parts'>;

/** Embedding and head, each on its own even where they share a tensor. */
function ownPlaces(model: LanguageModel, tied: boolean): OwnPlace[] {
  if (tied) return [];
  const size = model.embedding.shape[0] as number;
  const place = (path: string, key: 'embedding' | 'head'): OwnPlace => ({
    parts: [{ name: `${path}.weight`, start: 0, size }],
    get tensor() {
      return model[key];
    },
    set tensor(tensor) {
      model[key] = tensor;
    },
  });
  return [place(EMBEDDING, 'embedding'), place(HEAD, 'head')];
}
