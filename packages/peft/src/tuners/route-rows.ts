/** Rows of a batch that mixes tasks, each through its own task's part of a method. */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { selectRows } from '../tensors/select-rows.ts';

/**
 * x[N, D] → [N, D], both float32, row i computed by `run` under tags[i]; differentiable, and each row is computed
 * once. @param tags of the rows, null: all under 0
 */
export function routeRows(
  x: Tensor,
  tags: Int32Array | null,
  run: (rows: Tensor, tag: number) => Tensor,
): Tensor {
  const present = [...new Set(tags ?? [0])].sort((a, b) => a - b);
  if (tags === null || present.length === 1) return run(x, present[0] as number);
  const { tf } = engine();
  const groups = present.map((tag) => [...tags.keys()].filter((row) => tags[row] === tag));
  const outputs = groups.map((rows, i) => {
    const taken = selectRows(x, tf.tensor1d(rows, 'int32'));
    return run(taken, present[i] as number);
  });
  const back = new Int32Array(tags.length);
  for (const [at, row] of groups.flat().entries()) back[row] = at;
  return selectRows(tf.concat(outputs, 0), tf.tensor1d(back, 'int32'));
}
