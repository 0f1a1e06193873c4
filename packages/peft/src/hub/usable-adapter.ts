/** Whether any model could carry an adapter: looked at before it is kept, when its maker is at hand. */
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { Translated } from '../translated.ts';
import { configProblems } from '../tuners/config-words.ts';
import { tuners } from '../tuners/index.ts';

const FACTOR = /^(.*\.lora_(?:embedding_)?)([AB])((?:\.weight)?)$/;
/** What lies beside A and B: biases, magnitudes, AdaLoRA's singular values, copies of the base. */
const BESIDE = /\.(lora_B\.bias|lora_magnitude_vector(\.weight)?|lora_E|ranknum|base_layer\.\w+)$/;
/** Parameters of the model itself, by `bias` and `modules_to_save`. */
const OF_THE_MODEL = /^base_model\.model\..*\.(weight|bias)$/;
const MOST_PROBLEMS = 10;

/**
 * @param folder for the message
 * @throws PeftError 'unsupported' for a type that no method here has, 'bad-config' for settings that it
 *   refuses, 'bad-file' for factors that do not belong together
 */
export function expectUsable(folder: string, { config, tensors }: StoredAdapter): void {
  const type = String(config.peft_type);
  const tuner = tuners().find(({ peftType }) => peftType === type);
  if (tuner === undefined) {
    const known = [...new Set(tuners().map(({ peftType }) => peftType))];
    throw new PeftError('unsupported', {
      en: `${folder} has the type ${type}, which no method here computes; there are ${known.join(', ')}.`,
      zh: `${folder} 的类型是 ${type}，这里没有能计算它的方法，已有的类型：${known.join('、')}。`,
    });
  }
  const parsed = tuner.config.safeParse(config);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: `The configuration in ${folder} cannot be used.`,
        zh: `${folder} 中的配置无法使用。`,
      },
      { problems: configProblems(tuner.config, config, parsed.error), cause: parsed.error },
    );
  }
  const problems = tuner.family === 'low-rank' ? factorProblems({ config, tensors }) : [];
  if (problems.length === 0) return;
  throw new PeftError(
    'bad-file',
    { en: `The tensors in ${folder} cannot be used.`, zh: `${folder} 中的张量无法使用。` },
    { problems: firstProblems(problems, MOST_PROBLEMS) },
  );
}

/** Tensors that are none of a low-rank adapter, and pairs A[r, in], B[out, r] that are none. */
function factorProblems({ config, tensors }: StoredAdapter): Translated[] {
  const ofModel =
    (config.bias ?? 'none') !== 'none' || [config.modules_to_save ?? []].flat().length > 0;
  return [...tensors].flatMap(([name, { shape }]) => {
    const [, before, factor, after] = FACTOR.exec(name) ?? [];
    if (factor === undefined) {
      return BESIDE.test(name) || (ofModel && OF_THE_MODEL.test(name))
        ? []
        : [
            {
              en: `${name}: no tensor of such an adapter`,
              zh: `${name}：这类适配器没有这个张量`,
            },
          ];
    }
    const other = `${before}${factor === 'A' ? 'B' : 'A'}${after}`;
    const partner = tensors.get(other);
    if (!partner) return [{ en: `${other}: missing`, zh: `${other}：缺失` }];
    if (factor === 'B' || (shape.length === 2 && shape[0] === partner.shape[1])) return [];
    return [
      {
        en: `${name}: [${shape}] does not go with B[${partner.shape}]; expected A[r, in] and B[out, r]`,
        zh: `${name}：[${shape}] 与 B[${partner.shape}] 不匹配，应为 A[r, in] 和 B[out, r]`,
      },
    ];
  });
}
