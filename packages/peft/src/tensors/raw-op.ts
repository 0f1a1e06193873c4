/**
 * Any TensorFlow op by name, on tfjs tensors that tidy and dispose as usual. tfjs has no bfloat16,
 * so such tensors carry the label 'float32' while their storage says otherwise: `storageType` tells,
 * and an ordinary tfjs op refuses them with TensorFlow's own type error.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { type Attribute, engine, nodeBackend, type Precision } from './engine.ts';

/** TensorFlow's type numbers. */
export const FLOAT32 = 1;
export const INT32 = 3;
export const BFLOAT16 = 14;

/** Attribute values, told apart by their form: `{ type: n }`, `{ int: n }`, `{ float: x }`, or a boolean. */
export type AttributeValue = { type: number } | { int: number } | { float: number } | boolean;

/** The number under which TensorFlow stores this tensor: FLOAT32, INT32, BFLOAT16 … */
export function storageType(tensor: Tensor): number {
  if (engine().name === 'wasm') return tensor.dtype === 'int32' ? INT32 : FLOAT32;
  return nodeBackend().tensorMap.get(tensor.dataId)?.dtype ?? FLOAT32;
}

/** The precision in which this tensor is stored. */
export function precisionOf(tensor: Tensor): Precision {
  return storageType(tensor) === BFLOAT16 ? 'bfloat16' : 'float32';
}

const attributeLists = new Map<string, Attribute[]>();

function attributeList(attributes: Readonly<Record<string, AttributeValue>>): Attribute[] {
  const key = JSON.stringify(attributes);
  const known = attributeLists.get(key);
  if (known) return known;
  const { binding } = nodeBackend();
  const list = Object.entries(attributes).map(([name, value]): Attribute => {
    if (typeof value === 'boolean') return { name, type: binding.TF_ATTR_BOOL, value };
    if ('type' in value) return { name, type: binding.TF_ATTR_TYPE, value: value.type };
    if ('int' in value) return { name, type: binding.TF_ATTR_INT, value: value.int };
    return { name, type: binding.TF_ATTR_FLOAT, value: value.float };
  });
  attributeLists.set(key, list);
  return list;
}

/**
 * Runs a TensorFlow op.
 * @param outputs how many outputs the op has, default 1
 * @returns the outputs as tensors of the current tidy scope
 * @throws Error from TensorFlow when types or shapes do not fit
 */
export function rawOp(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: readonly Tensor[],
  outputs = 1,
): Tensor[] {
  const backend = nodeBackend();
  const handles = backend.binding.executeOp(
    name,
    attributeList(attributes),
    backend.getInputTensorIds(inputs),
    outputs,
  );
  const tfEngine = engine().tf.engine();
  return handles.map(({ id, shape, dtype }) => {
    const dataId = {};
    backend.tensorMap.set(dataId, { shape, dtype, id, values: null, refCount: 1 });
    const label = dtype === INT32 ? 'int32' : 'float32';
    return tfEngine.makeTensorFromTensorInfo({ dataId, shape, dtype: label });
  });
}

/** The same, for ops of one output. */
export function rawOp1(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: readonly Tensor[],
): Tensor {
  const [output] = rawOp(name, attributes, inputs, 1);
  if (!output) throw new Error(`${name} returned nothing`);
  return output;
}
