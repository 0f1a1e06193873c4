import type { TensorData } from '../io/safetensors.ts';
import type { Adapter } from './tuner.ts';

/** An adapter's tensors out of the engine, as `writeAdapter` takes them and `load` gives them back. */
export function adapterState(adapter: Pick<Adapter, 'state'>): Map<string, TensorData> {
  return new Map(
    [...adapter.state()].map(([name, tensor]) => [
      name,
      {
        shape: tensor.shape,
        data: Float32Array.from(tensor.dataSync()),
        ...(tensor.dtype === 'int32' && { integers: true }),
      },
    ]),
  );
}
