/**
 * A table of virtual tokens that is trained as it is, or through an encoder that makes it from smaller
 * parameters (P-tuning, prefix-tuning). The encoder is for training only: what is saved, loaded and
 * read while nothing is recorded is the table it makes.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { loadVariables, type SavedState } from './load-variables.ts';
import type { NamedVariable } from './tuner.ts';

/** Makes a table from its own parameters. */
export interface TableEncoder {
  /** Under HF-PEFT's names, `prompt_encoder.…`. */
  readonly variables: readonly NamedVariable[];
  /** The table [tokens, width], differentiable. @param training whether dropout is active */
  encode(training: boolean): Tensor;
}

const NAME = 'prompt_embeddings';

export class EncodedTable {
  training = false;
  private readonly shape: readonly [number, number];
  private encoder: TableEncoder | null;
  private flat: Variable | null;
  private made: Tensor | null = null;
  private madeFrom: readonly object[] = [];

  /** @param shape of the table @param source what is trained; owned by this object from now on */
  constructor(shape: readonly [number, number], source: TableEncoder | Variable) {
    this.shape = shape;
    const encodes = 'encode' in source;
    this.encoder = encodes ? source : null;
    this.flat = encodes ? null : source;
  }

  parameters(): readonly NamedVariable[] {
    if (this.flat) return [{ name: NAME, variable: this.flat }];
    return this.encoder?.variables ?? [];
  }

  /** The table, differentiable in the parameters. */
  rows(): Tensor {
    if (this.flat) return this.flat;
    const recorded = engine().tf.engine().state.gradientDepth > 0;
    if (recorded && this.encoder) return this.encoder.encode(this.training);
    return this.table();
  }

  state(): ReadonlyMap<string, Tensor> {
    return new Map([[NAME, this.table()]]);
  }

  /**
   * Takes over a saved table, which takes the encoder's place; or the encoder's own parameters.
   * @throws PeftError 'mismatch'
   */
  load(state: SavedState): void {
    if (this.flat || !state.has(NAME)) {
      loadVariables(this.parameters(), state);
      return;
    }
    const { tf } = engine();
    const flat = tf.tidy(() => tf.variable(tf.zeros([...this.shape])));
    try {
      loadVariables([{ name: NAME, variable: flat }], state);
    } catch (error) {
      flat.dispose();
      throw error;
    }
    this.dispose();
    this.flat = flat;
  }

  dispose(): void {
    for (const { variable } of this.parameters()) variable.dispose();
    this.made?.dispose();
    this.made = null;
    this.encoder = null;
    this.flat = null;
  }

  /** The table off the tape; made anew after a parameter was assigned, which changes its data id. */
  private table(): Tensor {
    if (this.flat) return this.flat;
    const { encoder, made } = this;
    if (!encoder) throw new Error('this table was disposed');
    const ids = encoder.variables.map(({ variable }) => variable.dataId);
    if (made && ids.every((id, i) => id === this.madeFrom[i])) return made;
    made?.dispose();
    const { tf } = engine();
    this.made = tf.tidy(() => tf.keep(encoder.encode(false)));
    this.madeFrom = ids;
    return this.made;
  }
}
