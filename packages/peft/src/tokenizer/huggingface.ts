/** Tokenizers of real models: `tokenizer.json` run by @huggingface/tokenizers. */
import { Tokenizer as Engine } from '@huggingface/tokenizers';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';
import { schemaProblems } from '../schema-problems.ts';
import { byteLevelBytes } from './byte-level.ts';
import { chatTemplate, chatText } from './chat.ts';
import type { Tokenizer } from './tokenizer.ts';

const addedToken = z.object({ id: z.int(), content: z.string(), special: z.boolean().optional() });

/** The parts of tokenizer.json that are read here; the rest belongs to the engine. */
const tokenizerJson = z.looseObject({
  added_tokens: z.array(addedToken).default([]),
  model: z.looseObject({ type: z.string().optional() }),
});

/** What a model's files say about its tokenizer besides tokenizer.json itself. */
export interface TokenizerSettings {
  /** Jinja source of the chat template. */
  readonly chatTemplate?: string | undefined;
  /** Ids that end a text, as configured; ChatML's and the vocabulary's own end tokens are added. */
  readonly endIds: readonly number[];
  readonly padId: number | null;
}

// Every model of the family that has one of these ends a text or a turn with it.
const END_TOKENS = ['<|im_end|>', '<|endoftext|>', '<|eot_id|>', '<|end_of_text|>', '</s>'];

/**
 * A tokenizer from the parsed contents of tokenizer.json.
 * @throws PeftError 'bad-file' when it is malformed, 'unsupported' when it is not byte-level
 */
export function huggingFaceTokenizer(json: unknown, settings: TokenizerSettings): Tokenizer {
  const parsed = tokenizerJson.safeParse(json);
  if (!parsed.success) {
    throw new PeftError(
      'bad-file',
      { en: 'tokenizer.json is malformed.', zh: 'tokenizer.json 的格式有误。' },
      { problems: schemaProblems(tokenizerJson, json, parsed.error) },
    );
  }
  const engine = createEngine(parsed.data);
  const added = engine.get_added_tokens_decoder();
  const special = new Set([...added].filter(([, token]) => token.special).map(([id]) => id));
  const pieces = tokenPieces(engine, added);
  const encode = encoderOf(engine, parsed.data);
  const template = chatTemplate(settings.chatTemplate);

  const endIds = new Set(settings.endIds);
  for (const name of END_TOKENS) {
    const id = engine.token_to_id(name);
    if (id !== undefined && special.has(id)) endIds.add(id);
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    vocabularySize: pieces.length,
    endIds: [...endIds],
    padId: settings.padId ?? [...endIds][0] ?? 0,
    encode,
    decode(ids) {
      const parts = ids.filter((id) => !special.has(id)).map((id) => pieces[id] ?? NO_BYTES);
      return decoder.decode(Buffer.concat(parts));
    },
    tokenBytes: (id) => pieces[id] ?? NO_BYTES,
    applyChat: (messages) => chatText(template(messages)),
    encodeChat: (messages) =>
      template(messages).flatMap((part) =>
        'mark' in part ? encode(part.mark) : encode(part.text, { special: false }),
      ),
  };
}

/**
 * The engine's encoder. Special tokens that are to be plain text need an engine that knows none, which is made
 * only for a text that holds one; all others have the ids of the one engine.
 */
function encoderOf(engine: Engine, json: z.infer<typeof tokenizerJson>): Tokenizer['encode'] {
  const marks = json.added_tokens.flatMap(({ content, special }) => (special ? [content] : []));
  const others = json.added_tokens.filter(({ special }) => !special);
  let plain: Engine | null = null;
  const holdsMark = (text: string) => marks.some((mark) => text.includes(mark));
  return (text, { special = true } = {}) => {
    let chosen = engine;
    // A normalizer may make a mark of what was none.
    if (!special && (holdsMark(text) || holdsMark(text.normalize('NFKC')))) {
      plain ??= createEngine({ ...json, added_tokens: others });
      chosen = plain;
    }
    return chosen.encode(text, { add_special_tokens: false }).ids;
  };
}

const NO_BYTES = new Uint8Array();

function createEngine(json: z.infer<typeof tokenizerJson>): Engine {
  if (!JSON.stringify(json.decoder ?? null).includes('"ByteLevel"')) {
    const decoder = JSON.stringify(json.decoder)?.slice(0, 60);
    throw new PeftError('unsupported', {
      en: `The tokenizer is not a byte-level BPE (model ${json.model.type}, decoder ${decoder}).`,
      zh: `分词器不是字节级 BPE（模型 ${json.model.type}，解码器 ${decoder}）。`,
    });
  }
  try {
    return new Engine(json, {});
  } catch (cause) {
    const why = reasonOf(cause);
    throw new PeftError(
      'bad-file',
      {
        en: `tokenizer.json cannot be used: ${why.en}`,
        zh: `tokenizer.json 无法使用：${why.zh}`,
      },
      { cause },
    );
  }
}

/** The bytes of every token by id; added tokens are plain text, the rest is byte-level. */
function tokenPieces(engine: Engine, added: ReadonlyMap<number, unknown>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (const [token, id] of engine.get_vocab()) {
    const bytes = added.has(id) ? null : byteLevelBytes(token);
    pieces[id] = bytes ?? new TextEncoder().encode(token);
  }
  return pieces;
}
