/**
 * The tokenizer.json that a GGUF file's metadata stands for. GGUF keeps the vocabulary and the
 * merges, and names the pre-tokenizer (`tokenizer.ggml.pre`) whose rule is then looked up here.
 */
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { schemaProblems } from '../schema-problems.ts';

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });

const split = (pattern: string) => ({
  type: 'Split',
  behavior: 'Isolated',
  invert: false,
  pattern: { Regex: pattern },
});

/** Words with an optional leading sign or space, numbers of `digits`, punctuation, white space. */
const splitWords = (digits: string) =>
  sequence(
    split(
      `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
    ),
    { ...byteLevel, use_regex: false },
  );

interface Rule {
  readonly preTokenizer: object;
  readonly normalizer?: object;
  readonly ignoreMerges?: boolean;
}

const gpt2: Rule = { preTokenizer: { ...byteLevel, use_regex: true } };

const RULES: Readonly<Record<string, Rule>> = {
  default: gpt2,
  'gpt-2': gpt2,
  smollm: { preTokenizer: sequence(split('\\p{N}'), { ...byteLevel, use_regex: true }) },
  qwen2: { preTokenizer: splitWords('\\p{N}'), normalizer: { type: 'NFC' } },
  'llama-bpe': { preTokenizer: splitWords('\\p{N}{1,3}'), ignoreMerges: true },
};

const vocabularyMetadata = z.object({
  'tokenizer.ggml.model': z.literal('gpt2'),
  'tokenizer.ggml.pre': z.string().default('default'),
  'tokenizer.ggml.tokens': z.array(z.string()).min(1),
  'tokenizer.ggml.token_type': z.array(z.int()).optional(),
  'tokenizer.ggml.merges': z.array(z.string()),
});

// llama.cpp's token types: 3 = control (special), 4 = added by the user (ordinary text).
const CONTROL = 3;
const USER_DEFINED = 4;

/** True when the metadata holds a vocabulary at all. */
export function hasVocabulary(metadata: ReadonlyMap<string, unknown>): boolean {
  return metadata.has('tokenizer.ggml.model');
}

/**
 * Builds the object that tokenizer.json would hold.
 * @throws PeftError 'unsupported' for another vocabulary kind or an unknown pre-tokenizer
 */
export function ggufTokenizerJson(metadata: ReadonlyMap<string, unknown>) {
  const fields = Object.fromEntries(metadata);
  const parsed = vocabularyMetadata.safeParse(fields);
  if (!parsed.success) {
    throw new PeftError(
      'unsupported',
      {
        en: 'The GGUF tokenizer is not a byte-level BPE.',
        zh: 'GGUF 的分词器不是字节级 BPE。',
      },
      { problems: schemaProblems(vocabularyMetadata, fields, parsed.error) },
    );
  }
  const { 'tokenizer.ggml.tokens': tokens, 'tokenizer.ggml.pre': pre } = parsed.data;
  const rule = Object.hasOwn(RULES, pre) ? RULES[pre] : undefined;
  if (rule === undefined) {
    throw new PeftError('unsupported', {
      en: `tokenizer.ggml.pre is ${JSON.stringify(pre)}; expected one of ${Object.keys(RULES).join(', ')}.`,
      zh: `tokenizer.ggml.pre 是 ${JSON.stringify(pre)}，应为以下之一：${Object.keys(RULES).join('、')}。`,
    });
  }
  const types = parsed.data['tokenizer.ggml.token_type'] ?? [];
  const exact = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return {
    version: '1.0',
    added_tokens: tokens.flatMap((content, id) => {
      const special = types[id] === CONTROL;
      if (!special && types[id] !== USER_DEFINED) return [];
      return [{ id, content, special, ...exact }];
    }),
    normalizer: rule.normalizer ?? null,
    pre_tokenizer: rule.preTokenizer,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      ignore_merges: rule.ignoreMerges ?? false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: parsed.data['tokenizer.ggml.merges'].map((pair) => pair.split(' ')),
    },
  };
}

/**
 * The files that a Hugging Face folder holds for the same tokenizer; none where the metadata has none.
 * @throws PeftError as `ggufTokenizerJson`
 */
export function ggufTokenizerFiles(
  metadata: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Uint8Array> {
  if (!hasVocabulary(metadata)) return new Map();
  const json = ggufTokenizerJson(metadata);
  const tokens = metadata.get('tokenizer.ggml.tokens') as readonly string[];
  const named = (kind: string): string | undefined =>
    tokens[Number(metadata.get(`tokenizer.ggml.${kind}_token_id`))];
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: named('bos'),
    eos_token: named('eos'),
    pad_token: named('padding'),
    unk_token: named('unknown'),
    chat_template: metadata.get('tokenizer.chat_template'),
    clean_up_tokenization_spaces: false,
  };
  const encode = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  return new Map([
    ['tokenizer.json', encode(json)],
    ['tokenizer_config.json', encode(settings)],
  ]);
}
