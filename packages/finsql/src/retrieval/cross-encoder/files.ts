/** A trained cross-encoder on disk: an adapter folder whose configuration names the layers and heads. */
import {
  adapterState,
  type LanguageModel,
  readAdapter,
  seededRandom,
  writeAdapter,
} from '@quaestor/peft';
import { FinSqlError } from '../../errors.ts';
import {
  type CrossEncoder,
  type CrossEncoderConfig,
  createCrossEncoder,
  crossEncoderConfig,
} from './cross-encoder.ts';

/** Its field in `adapter_config.json`; HF-PEFT passes over fields that it does not know. */
const FIELD = 'quaestor_retriever';

/** @param card contents of quaestor.json */
export function writeCrossEncoder(
  folder: string,
  encoder: CrossEncoder,
  config: CrossEncoderConfig,
  card: object,
): void {
  writeAdapter(
    folder,
    { ...encoder.adapter.config, [FIELD]: config },
    adapterState(encoder.adapter),
    { dtype: 'F16', card },
  );
}

/**
 * Opens a trained cross-encoder over its base model, into which nothing is merged.
 * @throws FinSqlError `bad-config` when the folder holds another kind of adapter; PeftError `not-found`,
 *   `bad-file` or `mismatch`
 */
export function openCrossEncoder(folder: string, base: LanguageModel): CrossEncoder {
  const { config, tensors } = readAdapter(folder);
  const parsed = crossEncoderConfig.safeParse(config[FIELD]);
  if (!parsed.success) {
    throw new FinSqlError('bad-config', {
      en: `${folder} holds no retriever: its configuration has no valid ${FIELD}. Train one with "quaestor train retriever".`,
      zh: `${folder} 中没有检索器：其配置中没有有效的 ${FIELD}。请用 "quaestor train retriever" 训练一个。`,
    });
  }
  const encoder = createCrossEncoder(base, parsed.data, seededRandom(1));
  try {
    encoder.adapter.load(tensors);
    return encoder;
  } catch (error) {
    encoder.dispose();
    throw error;
  }
}
