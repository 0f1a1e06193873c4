/** A kernel model's lists ⇄ those of a file. */
import type { TensorData } from '@quaestor/peft';
import { KNOTS } from '../baseline/bends.ts';
import type { KernelClassifier } from '../baseline/kernel-classifier.ts';
import type { KernelFunction, KernelFunctions } from '../baseline/kernel-functions.ts';
import { TabLlmError } from '../errors.ts';
import type { StoredKernel, StoredMember } from './model-schema.ts';
import type { Tensors } from './tree-tensors.ts';

export function kernelTensors(
  name: string,
  { spanning, relevance, bends, functions }: KernelFunctions,
): [string, TensorData][] {
  const { rows, columns, values } = spanning;
  return [
    [`${name}.spanning`, { shape: [rows, columns], data: Float32Array.from(values) }],
    [`${name}.relevance`, { shape: [columns], data: relevance }],
    ...unlessEmpty(`${name}.bent`, bends.ends),
    ...functions.flatMap(({ line, curve, bend }, i): [string, TensorData][] => [
      [`${name}.line-${i}`, { shape: [line.length], data: line }],
      [`${name}.curve-${i}`, { shape: [curve.length], data: curve }],
      ...unlessEmpty(`${name}.bend-${i}`, bend),
    ]),
  ];
}

/** A list that may be empty, which no file holds. */
function unlessEmpty(name: string, data: Float32Array): [string, TensorData][] {
  return data.length > 0 ? [[name, { shape: [data.length], data }]] : [];
}

/** @param count functions @param columns of the encoded rows @throws TabLlmError 'bad-data' for lists that do not fit each other */
export function readKernel(
  tensors: Tensors,
  { norm, lists, bent }: StoredKernel,
  count: number,
  columns: number,
): KernelFunctions {
  const list = (part: string, length?: number): Float32Array => {
    if (length === 0) return new Float32Array();
    const data = tensors.get(`${lists}.${part}`)?.data;
    if (data && (length === undefined || data.length === length)) {
      if (data.every(Number.isFinite)) return data;
    }
    const wanted = length === undefined ? ['', ''] : [`, expected ${length}`, `，应为 ${length}`];
    const wrong = data
      ? {
          en: `has ${data.length} numbers${wanted[0]}, or one that is none`,
          zh: `有 ${data.length} 个数${wanted[1]}，或其中有的不是数`,
        }
      : { en: 'is missing', zh: '不存在' };
    throw new TabLlmError('bad-data', {
      en: `The model is corrupt: ${lists}.${part} ${wrong.en}.`,
      zh: `模型已损坏：${lists}.${part} ${wrong.zh}。`,
    });
  };
  const values = Float64Array.from(list('spanning'));
  const rows = values.length / Math.max(1, columns);
  if (!Number.isInteger(rows) || !bent.every((at) => at < columns)) refuse(lists);
  // Version 1 has none.
  const relevance = tensors.has(`${lists}.relevance`)
    ? list('relevance', columns)
    : new Float32Array(columns).fill(1);
  return {
    norm,
    relevance,
    spanning: { rows, columns, values },
    bends: { columns: Int32Array.from(bent), ends: list('bent', 2 * bent.length) },
    functions: Array.from({ length: count }, (_, i) => ({
      line: list(`line-${i}`, columns + 1),
      curve: list(`curve-${i}`, rows),
      bend: list(`bend-${i}`, KNOTS * bent.length),
    })),
  };
}

/** @throws TabLlmError 'bad-data' as `readKernel`, and for functions of other classes */
export function readKernelClassifier(
  tensors: Tensors,
  stored: Extract<StoredMember, { kind: 'kernel' }>,
  columns: number,
): KernelClassifier {
  const { classes, lists, functions: told } = stored;
  if (told.some(({ label }) => label >= classes)) refuse(lists);
  const kernel = readKernel(tensors, stored, told.length, columns);
  const functions = told.map((one, f) => ({
    ...one,
    ...(kernel.functions[f] as KernelFunction),
  }));
  return { kind: 'kernel', classes, ...kernel, functions };
}

function refuse(lists: string): never {
  throw new TabLlmError('bad-data', {
    en: `The model is corrupt: ${lists} does not fit its table.`,
    zh: `模型已损坏：${lists} 与它的表格不符。`,
  });
}
