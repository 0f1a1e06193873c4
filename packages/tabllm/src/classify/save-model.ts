/** A model as a folder: `model.json`, its long lists as `lists.safetensors`, and its card. */
import { encodeSafetensors, replaceFolder, type TensorData } from '@quaestor/peft';
import type { KernelFunctions } from '../baseline/kernel-functions.ts';
import { kernelTensors } from './kernel-tensors.ts';
import type { LearnedTable } from './learned-table.ts';
import { MODEL_CARD, MODEL_JSON, MODEL_LISTS } from './model-folder.ts';
import {
  MODEL_FORMAT,
  MODEL_VERSION,
  type ModelFile,
  type StoredKernel,
  type StoredMember,
  type StoredQuantityMember,
} from './model-schema.ts';
import type { QuantityMember } from './quantity-model.ts';
import type { Expectations, TabularMember } from './tabular-model.ts';
import { treeTensors } from './tree-tensors.ts';

/** A hash of 48 bits is kept as two whole numbers that float32 holds. */
export const HALF_HASH = 0x1000000;

export interface SaveOptions {
  /** ISO date; default now. */
  readonly date?: string;
  /** How the language model is asked: whoever opens it again gets this back. */
  readonly asked?: Readonly<Record<string, string>>;
  /** Markdown to be kept beside. */
  readonly card?: string;
}

/**
 * Writes a model whole or not at all; a folder that is there is replaced, with all that it holds.
 * @throws PeftError 'bad-file' when the folder cannot be written
 */
export function saveModel(
  learned: LearnedTable,
  folder: string,
  { date = new Date().toISOString(), asked, card }: SaveOptions = {},
): void {
  const lists = new Map<string, TensorData>();
  const file = describe(learned, { date, asked: asked ?? null }, lists);
  const text = new TextEncoder();
  const files = new Map<string, Uint8Array>([
    [MODEL_JSON, text.encode(`${JSON.stringify(file, null, 1)}\n`)],
    [MODEL_LISTS, encodeSafetensors(lists, { metadata: { format: MODEL_FORMAT } })],
  ]);
  if (card !== undefined) files.set(MODEL_CARD, text.encode(card));
  replaceFolder(folder, files);
}

function describe(
  learned: LearnedTable,
  { date, asked }: { readonly date: string; readonly asked: SaveOptions['asked'] | null },
  lists: Map<string, TensorData>,
): Frozen<ModelFile> {
  const { schema, target, labelled, copies, seed } = learned;
  const common = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    date,
    target,
    labelled,
    copies,
    seed,
    warnings: [...learned.warnings],
    schema,
    seenLabels: storeSeen(learned, lists),
    seenBy: learned.seen.identity,
  } as const;
  if (learned.kind === 'regressor') {
    const { encoding, members, centre, scale, sign, intervals } = learned.regressor.state;
    return {
      ...common,
      kind: 'regressor',
      encoding,
      numbers: learned.format,
      members: members.map(({ weight, model }, i) => ({
        weight,
        model: storeQuantityMember(model, `member-${i}`, lists),
      })),
      centre,
      scale,
      sign,
      intervals: [...intervals],
    };
  }
  const { state } = learned.classifier;
  return {
    ...common,
    kind: 'classifier',
    classes: [...learned.classes],
    counts: [...learned.counts],
    encoding: state.tabular?.encoding ?? [],
    members: (state.tabular?.model.members ?? []).map(({ weight, model }, i) => ({
      weight,
      model: storeMember(model, `member-${i}`, lists),
    })),
    expectations: storeExpectations(state.tabular?.model.expectations ?? null),
    language: state.language,
    asked: state.language ? (asked ?? null) : null,
    evidence: state.evidence,
    calibration: state.calibration,
    priors: state.priors,
    threshold: state.threshold,
  };
}

function storeMember(
  model: TabularMember,
  name: string,
  lists: Map<string, TensorData>,
): Frozen<StoredMember> {
  const { classes } = model;
  if (model.kind === 'logistic-regression') {
    return { kind: model.kind, classes, weights: [...model.weights] };
  }
  if (model.kind === 'kernel') {
    const functions = model.functions.map(({ label, share }) => ({ label, share }));
    return { kind: model.kind, classes, ...storeKernel(model, name, lists), functions };
  }
  if (model.kind === 'random-forest') {
    for (const [key, list] of treeTensors(name, model.nodes)) lists.set(key, list);
    return { kind: model.kind, classes, pairs: model.pairs, nodes: name };
  }
  const nodes = model.nodes.map((trees, k) => {
    for (const [key, list] of treeTensors(`${name}-${k}`, trees)) lists.set(key, list);
    return `${name}-${k}`;
  });
  return { kind: model.kind, classes, pairs: model.pairs, nodes };
}

function storeQuantityMember(
  model: QuantityMember,
  name: string,
  lists: Map<string, TensorData>,
): Frozen<StoredQuantityMember> {
  switch (model.kind) {
    case 'ridge-regression':
    case 'multiplicative-regression':
      return model;
    case 'kernel-regression':
      return { kind: model.kind, ...storeKernel(model, name, lists) };
    case 'regression-forest':
    case 'boosted-regression':
      for (const [key, list] of treeTensors(name, model.nodes)) lists.set(key, list);
      return { kind: model.kind, nodes: name };
  }
}

function storeKernel(
  model: KernelFunctions,
  name: string,
  lists: Map<string, TensorData>,
): StoredKernel {
  for (const [key, list] of kernelTensors(name, model)) lists.set(key, list);
  return { norm: model.norm, lists: name, bent: [...model.bends.columns] };
}

function storeExpectations(expectations: Expectations | null) {
  return expectations && { weight: expectations.weight, line: expectations.line.weights };
}

/** The rows that were learned from, as hashes: to find them again in other tables. */
function storeSeen({ seen }: LearnedTable, lists: Map<string, TensorData>): string[] {
  const entries = seen.entries();
  const labels = [...new Set(entries.map(([, label]) => label))];
  const places = new Map(labels.map((label, i) => [label, i]));
  const whole = (data: Float32Array): TensorData => ({
    shape: [data.length],
    data,
    integers: true,
  });
  lists.set('seen.high', whole(Float32Array.from(entries, ([key]) => Math.floor(key / HALF_HASH))));
  lists.set('seen.low', whole(Float32Array.from(entries, ([key]) => key % HALF_HASH)));
  lists.set(
    'seen.label',
    whole(Float32Array.from(entries, ([, label]) => places.get(label) as number)),
  );
  return labels;
}

/** What is only written need not be writable. */
type Frozen<Data> = Data extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Data extends object
    ? { readonly [Key in keyof Data]: Frozen<Data[Key]> }
    : Data;
