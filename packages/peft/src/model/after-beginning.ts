/**
 * A model that has read what all its sequences begin with. The keys and values of that beginning stand
 * before every sequence as ready rows, which only attention sees, so that many sequences that begin alike
 * go through packed and pay for the beginning once.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { cast } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { rotateRows } from '../tensors/rotary.ts';
import { startPass } from './forward-pass.ts';
import { type LanguageModel, runPass } from './language-model.ts';
import { packSequences } from './packing.ts';

/**
 * A view of the model with its weights and adapters as they are now; sequences given to it leave the
 * beginning out. The caller disposes it, which frees the keys and values alone.
 * @param beginning token ids
 * @throws PeftError 'unsupported' for a model with virtual rows of a method
 */
export function afterBeginning(model: LanguageModel, beginning: readonly number[]): LanguageModel {
  if (model.virtualRows !== null) {
    throw new PeftError('unsupported', {
      en: `${model.name} has virtual rows of a method; a shared beginning cannot be put before them.`,
      zh: `${model.name} 带有某个方法的虚拟行，其前面不能放置共用的开头。`,
    });
  }
  const rows = readyRows(model, beginning);
  return {
    ...model,
    virtualRows: {
      kind: 'keys-values',
      length: beginning.length,
      keysValues: (tags) => rows.map((one) => engine().tf.tile(one, [tags.length, 1])),
    },
    dispose: () => engine().tf.dispose([...rows]),
  };
}

/** Of each layer [beginning, 2·KV·d] float32: keys as they are rotated at their places, then values. */
function readyRows(model: LanguageModel, beginning: readonly number[]): readonly Tensor[] {
  const { tf } = engine();
  const { num_attention_heads: heads, num_key_value_heads: kvHeads, head_dim: d } = model.config;
  const rows: Tensor[] = [];
  tf.tidy(() => {
    const packed = packSequences([beginning]);
    const pass = startPass(model, packed);
    const positions = tf.tensor1d(packed.positions, 'int32');
    const attend = (qkv: Tensor, layer: number): Tensor => {
      const all = tf.reshape(cast(qkv, 'float32'), [beginning.length, heads + 2 * kvHeads, d]);
      const [, keys, values] = tf.split(all, [heads, kvHeads, kvHeads], 1) as Tensor[];
      const turned = rotateRows(keys as Tensor, positions, model.rotary);
      const both = tf.concat([turned, values as Tensor], 1);
      rows.push(tf.keep(tf.reshape(both, [beginning.length, 2 * kvHeads * d])));
      return pass.attend(qkv, layer);
    };
    runPass(model, pass, attend);
  });
  return rows;
}
