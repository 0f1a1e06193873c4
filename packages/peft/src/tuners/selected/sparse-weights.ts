/**
 * The trained entries of a whole model: k float32 values in one variable for each parameter, so
 * moments and gradients are as small as the choice. All other entries keep their bits.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine } from '../../tensors/engine.ts';
import type { AdamW } from '../../trainer/adamw.ts';
import type { SavedState } from '../load-variables.ts';
import type { AdapterProgress, NamedVariable } from '../tuner.ts';
import { baseParameters, byTensor, type NamedParameter } from './base-parameters.ts';
import { baseValues, changedValues, NO_ENTRIES } from './entry-values.ts';
import { movedMoment, reselect } from './reselect.ts';
import { type ParameterEntries, SparseContent } from './sparse-content.ts';
import {
  addDifferences,
  differenceTensors,
  readDifference,
  type SparseDifference,
} from './sparse-difference.ts';
import { TrainedTensor } from './trained-tensor.ts';

/** Flat indices of the chosen entries by parameter, ascending. */
export type Selection = ReadonlyMap<string, Int32Array>;

export class SparseWeights {
  private readonly parameters: ReadonlyMap<string, NamedParameter>;
  private contents: readonly SparseContent[] = [];
  private tensors: readonly TrainedTensor[] = [];
  private named: readonly NamedVariable[] = [];
  private saved: readonly Tensor[] = [];

  constructor(model: LanguageModel) {
    this.parameters = new Map(
      baseParameters(model).map((parameter) => [parameter.name, parameter]),
    );
  }

  /** Whether entries were chosen or loaded. */
  get chosen(): boolean {
    return this.contents.length > 0;
  }

  /** One variable [k] for each parameter with trained entries: `<name>.values`. */
  variables(): readonly NamedVariable[] {
    return this.named;
  }

  /**
   * Trains these entries from now on. Those trained before and chosen again go on from their values
   * and moments; those no longer chosen stay as they are and lose their moments.
   */
  choose(selection: Selection, optimizer?: AdamW): void {
    const before = new Map(
      this.contents.flatMap((content) =>
        content.current().map((part) => [part.parameter.name, part] as const),
      ),
    );
    this.remove();
    const names = [...this.parameters.keys()].filter(
      (name) => before.has(name) || selection.get(name)?.length,
    );
    this.install(
      names.map((name) => {
        const parameter = this.parameters.get(name) as NamedParameter;
        const indices = selection.get(name) ?? new Int32Array();
        const old = before.get(name);
        const next = reselect(
          old ?? { trained: NO_ENTRIES, settled: NO_ENTRIES },
          indices,
          baseValues(parameter, indices),
        );
        optimizer?.edit(
          variableName(name),
          indices.length > 0 ? (moment) => movedMoment(moment, next.positions) : null,
        );
        return { parameter, trained: next.trained, settled: next.settled };
      }),
    );
  }

  /** Everything that differs from the base, settled entries too. */
  difference(): SparseDifference {
    return addDifferences(this.changed('trained'), this.changed('settled'));
  }

  /** The difference as tensors, which are freed by the next call. */
  state(): ReadonlyMap<string, Tensor> {
    const { tf } = engine();
    tf.dispose([...this.saved]);
    const tensors = [...differenceTensors(this.difference())].map(
      ([name, { data, shape, integers }]) =>
        [name, tf.keep(tf.tensor(data, [...shape], integers ? 'int32' : 'float32'))] as const,
    );
    this.saved = tensors.map(([, tensor]) => tensor);
    return new Map(tensors);
  }

  /** Puts a saved difference in place of what there is. @throws PeftError 'mismatch' */
  load(state: SavedState): void {
    this.replace(readDifference(state, this.parameters), new Map());
  }

  /** The choice, and what has settled; the trained values are parameters. */
  readonly progress: AdapterProgress = {
    state: () =>
      new Map(
        KINDS.flatMap((kind) =>
          [...differenceTensors(this.changed(kind))].map(
            ([name, data]) => [`${kind}.${name}`, data] as const,
          ),
        ),
      ),
    load: (state) => {
      const [trained, settled] = KINDS.map((kind) => {
        const own = [...state].filter(([name]) => name.startsWith(`${kind}.`));
        const named = own.map(([name, data]) => [name.slice(kind.length + 1), data] as const);
        return readDifference(new Map(named), this.parameters);
      });
      this.replace(trained as SparseDifference, settled as SparseDifference);
    },
  };

  /** Whether the weights stay as they are. */
  freeze(frozen: boolean): void {
    for (const tensor of this.tensors) tensor.frozen = frozen;
  }

  detach(): void {
    this.remove();
    engine().tf.dispose([...this.saved]);
    this.saved = [];
  }

  private changed(kind: (typeof KINDS)[number]): SparseDifference {
    const entries = this.contents.flatMap((content) => content.changed(kind));
    return new Map(entries.filter(([, { delta }]) => delta.length > 0));
  }

  private replace(trained: SparseDifference, settled: SparseDifference): void {
    this.remove();
    const parts = [...this.parameters.values()].map((parameter) => ({
      parameter,
      trained: changedValues(parameter, trained.get(parameter.name)),
      settled: changedValues(parameter, settled.get(parameter.name)),
    }));
    this.install(parts.filter((part) => countOf(part) > 0));
  }

  private install(parts: readonly ParameterEntries[]): void {
    const byName = new Map(parts.map((part) => [part.parameter.name, part]));
    const groups = [...byTensor(parts.map(({ parameter }) => parameter))];
    const contents = groups.map(([tensor, parameters]) => {
      const own = parameters.map(({ name }) => byName.get(name) as ParameterEntries);
      return [tensor, new SparseContent(tensor.tensor, own)] as const;
    });
    this.contents = contents.map(([, content]) => content);
    this.tensors = contents.map(([tensor, content]) => new TrainedTensor(tensor, content));
    this.named = groups
      .flatMap(([, parameters], i) =>
        parameters.map(({ name }, j) => ({
          name: variableName(name),
          variable: (this.contents[i] as SparseContent).variables[j] as NamedVariable['variable'],
        })),
      )
      .filter(({ variable }) => variable.size > 0);
  }

  private remove(): void {
    for (const tensor of this.tensors) tensor.detach();
    this.contents = [];
    this.tensors = [];
    this.named = [];
  }
}

const KINDS = ['trained', 'settled'] as const;

const variableName = (parameter: string): string => `${parameter}.values`;
const countOf = ({ trained, settled }: ParameterEntries): number =>
  trained.indices.length + settled.indices.length;
