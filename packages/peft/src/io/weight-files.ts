/** The weights of a model as files of a Hugging Face folder: one, or several with an index. */
import { encodeSafetensors, type TensorData, type WrittenType } from './safetensors.ts';

/** All weights in one file. */
export const WEIGHTS = 'model.safetensors';
/** Which file has which weight, where there are several. */
export const WEIGHT_INDEX = 'model.safetensors.index.json';

/** Whether `weightFiles` gives its files such a name. */
export function isWeightFile(file: string): boolean {
  return [WEIGHTS, WEIGHT_INDEX].includes(file) || /^model-\d+-of-\d+\.safetensors$/.test(file);
}

/** Readers, disks and Node's buffers get on with files of this size. */
const LARGEST_FILE = 2 ** 31;

/**
 * @param tensors by their Hugging Face names
 * @param largest bytes of weights in one file; a tensor beyond it has a file of its own
 * @returns contents by file name: `model.safetensors`, or `model-00001-of-00002.safetensors`, … and
 *   `model.safetensors.index.json`
 */
export function weightFiles(
  tensors: ReadonlyMap<string, TensorData>,
  dtype: WrittenType,
  largest = LARGEST_FILE,
): ReadonlyMap<string, Uint8Array> {
  const bytes = ({ data }: TensorData): number => data.length * (dtype === 'F32' ? 4 : 2);
  const shards: Map<string, TensorData>[] = [];
  let room = 0;
  for (const [name, tensor] of tensors) {
    if (shards.length === 0 || bytes(tensor) > room) {
      shards.push(new Map());
      room = largest;
    }
    shards.at(-1)?.set(name, tensor);
    room -= bytes(tensor);
  }
  const digits = (count: number): string => String(count).padStart(5, '0');
  const named = shards.map((shard, i) => {
    const file = `model-${digits(i + 1)}-of-${digits(shards.length)}.safetensors`;
    return [shards.length === 1 ? WEIGHTS : file, shard] as const;
  });
  const files = named.map(([file, shard]) => [file, encodeSafetensors(shard, { dtype })] as const);
  if (shards.length === 1) return new Map(files);
  const owners = named.flatMap(([file, shard]) => [...shard.keys()].map((name) => [name, file]));
  const index = {
    metadata: { total_size: [...tensors.values()].reduce((sum, tensor) => sum + bytes(tensor), 0) },
    weight_map: Object.fromEntries(owners),
  };
  const json = new TextEncoder().encode(JSON.stringify(index, null, 2));
  return new Map([...files, [WEIGHT_INDEX, json]]);
}
