import { tuners } from './tuner.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Methods that are saved under one `peft_type`, told apart by what else is saved. */
const BY_SETTINGS: Readonly<Record<string, (config: Settings) => string>> = {
  LORA: ({ use_dora }) => (use_dora === true ? 'dora' : 'lora'),
  BOTTLENECK: ({ is_parallel, mh_adapter }) => {
    if (is_parallel === true) return 'adapter-parallel';
    return mh_adapter === false ? 'adapter-pfeiffer' : 'adapter-houlsby';
  },
};

/**
 * The method that computes a stored adapter: `lora` for what ReLoRA and DyLoRA leave, too.
 * @param config its `adapter_config.json`
 * @returns the method's name; null for a `peft_type` that none has
 */
export function storedMethod(config: Settings): string | null {
  const type = String(config.peft_type);
  const told = Object.hasOwn(BY_SETTINGS, type) ? BY_SETTINGS[type] : undefined;
  return told?.(config) ?? tuners().find(({ peftType }) => peftType === type)?.name ?? null;
}
