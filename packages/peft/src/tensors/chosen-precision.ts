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

/** GFLOP/s of products in each precision, and of rows in float32 with weights in bfloat16. */
export interface ProductSpeed {
  readonly float32: number;
  readonly bfloat16: number;
  readonly mixed: number;
}

const FORMS: Readonly<Record<keyof ProductSpeed, NumberForm>> = {
  float32: { precision: 'float32', storage: 'float32' },
  bfloat16: { precision: 'bfloat16', storage: 'bfloat16' },
  mixed: { precision: 'float32', storage: 'bfloat16' },
};

export const PLAIN: NumberForm = FORMS.float32;

/** How slow a product may be for weights of half the size: where few tokens are written, their reading is all the cost. */
const WORTH_LESS_MEMORY = 0.7;

export function fastestForm({ float32, bfloat16, mixed }: ProductSpeed): NumberForm {
  if (bfloat16 > 1.2 * Math.max(float32, mixed)) return FORMS.bfloat16;
  return mixed > WORTH_LESS_MEMORY * float32 ? FORMS.mixed : PLAIN;
}

/**
 * What QUAESTOR_PRECISION asks for; undefined where it is not set.
 * @throws PeftError 'bad-config' for a word that is none of its values
 */
export function namedForm(word: string | undefined): NumberForm | undefined {
  if (word === undefined || word === '') return undefined;
  if (Object.hasOwn(FORMS, word)) return FORMS[word as keyof ProductSpeed];
  throw new PeftError('bad-config', {
    en: `QUAESTOR_PRECISION is ${JSON.stringify(word)}; expected ${Object.keys(FORMS).join(', ')}, or leave it out.`,
    zh: `QUAESTOR_PRECISION 是 ${JSON.stringify(word)}，应为 ${Object.keys(FORMS).join('、')}，或不设置。`,
  });
}
