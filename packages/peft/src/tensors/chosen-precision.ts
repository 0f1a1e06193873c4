/** Which form of numbers a model is computed and kept in: what is fastest here, or what is asked for. */
import { PeftError } from '../errors.ts';

/** How weights, or activations inside a block, are stored. The residual stream stays float32. */
export type Precision = 'float32' | 'bfloat16';

export interface NumberForm {
  /** Of products and activations: bfloat16 where the processor multiplies it 1.2 times faster. */
  readonly precision: Precision;
  /** Of frozen weights: bfloat16, half the memory to read, where rows in float32 multiply them hardly slower. */
  readonly storage: Precision;
}

export interface ComputingForm extends NumberForm {
  /** Whether answers are computed in products of bytes (see byte-products.ts), which no gradient passes. */
  readonly bytes: boolean;
}

/** GFLOP/s of a product in each form; in bytes 0 where the processor has no such products. */
export interface ProductSpeed {
  readonly float32: number;
  readonly bfloat16: number;
  /** Rows in float32, weights in bfloat16. */
  readonly mixed: number;
  /** The same, rounded to bytes as the call comes. */
  readonly bytes: number;
}

const FORMS: Readonly<Record<keyof ProductSpeed, ComputingForm>> = {
  float32: { precision: 'float32', storage: 'float32', bytes: false },
  bfloat16: { precision: 'bfloat16', storage: 'bfloat16', bytes: false },
  mixed: { precision: 'float32', storage: 'bfloat16', bytes: false },
  bytes: { precision: 'float32', storage: 'bfloat16', bytes: true },
};

export const PLAIN: ComputingForm = FORMS.float32;

/** How slow a product may be for weights of half the size: where few tokens are written, their reading is all the cost. */
const WORTH_LESS_MEMORY = 0.7;

/** How much faster a product must be that rounds more. */
const WORTH_ROUNDING = 1.2;

export function fastestForm({ float32, bfloat16, mixed, bytes }: ProductSpeed): ComputingForm {
  const exact = Math.max(float32, mixed);
  if (bfloat16 > WORTH_ROUNDING * Math.max(exact, bytes)) return FORMS.bfloat16;
  const form = mixed > WORTH_LESS_MEMORY * float32 ? FORMS.mixed : PLAIN;
  return { ...form, bytes: bytes > WORTH_ROUNDING * exact };
}

/**
 * What QUAESTOR_PRECISION asks for; undefined where it is not set.
 * @throws PeftError 'bad-config' for a word that is none of its values
 */
export function namedForm(word: string | undefined): ComputingForm | undefined {
  if (word === undefined || word === '') return undefined;
  if (Object.hasOwn(FORMS, word)) return FORMS[word as keyof ProductSpeed];
  throw new PeftError('bad-config', {
    en: `QUAESTOR_PRECISION is ${JSON.stringify(word)}; expected ${Object.keys(FORMS).join(', ')}, or leave it out.`,
    zh: `QUAESTOR_PRECISION 是 ${JSON.stringify(word)}，应为 ${Object.keys(FORMS).join('、')}，或不设置。`,
  });
}
