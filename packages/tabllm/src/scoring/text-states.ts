/**
 * What a language model makes of texts, as numbers: the mean over a text's tokens of the residual stream between
 * two of its layers, about half way up, where words have gathered what stands around them and the next word is not
 * yet all that counts.
 */
import { type LanguageModel, packSequences, streamBefore, withByteProducts } from '@quaestor/peft';
import { tokenizerOf } from './label-scorer.ts';

export interface TextStates {
  /** Name of the language model. */
  readonly model: string;
  /** @returns for each text a state, all of one width */
  read(texts: readonly string[]): readonly Float32Array[];
}

export interface TextStatesOptions {
  readonly model: LanguageModel;
  /** Layers that are run; default 8 of 15. */
  readonly layers?: number;
  /** Tokens of a text that are read, at most; default 64. */
  readonly tokens?: number;
  /** Tokens of a pass, at most; default 2048. */
  readonly tokensPerPass?: number;
}

/** Chosen on 14 tables of news, reviews and questions with SmolLM2-135M: 10 and 30 layers of 30 say less. */
const LAYERS_OF_ALL = 8 / 15;
/** Letters of a token at most, roughly: of longer texts the rest is not even split. */
const LETTERS = 8;
/** The first token gathers what no word wants, whatever it is; so it is none of the text. */
const BEFORE = '\n';

/** @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function textStates({
  model,
  layers = Math.max(1, Math.round(model.blocks.length * LAYERS_OF_ALL)),
  tokens = 64,
  tokensPerPass = 2048,
}: TextStatesOptions): TextStates {
  const tokenizer = tokenizerOf(model);
  const before = tokenizer.encode(BEFORE);
  const idsOf = (text: string): readonly number[] => {
    const ids = tokenizer.encode(text.slice(0, tokens * LETTERS)).slice(0, tokens);
    return [...before, ...ids];
  };
  const readPass = (sequences: readonly (readonly number[])[]): Float32Array[] => {
    const packed = packSequences(sequences);
    const stream = withByteProducts(model.answersInBytes, () =>
      streamBefore(model, packed, layers),
    );
    const rows = stream.dataSync() as Float32Array;
    stream.dispose();
    const width = rows.length / packed.ids.length;
    let start = 0;
    return sequences.map(({ length }) => {
      const own = rows.subarray((start + before.length) * width, (start + length) * width);
      start += length;
      return meanRow(own, width);
    });
  };
  return {
    model: model.name,
    read: (texts) => {
      const states: Float32Array[] = [];
      for (const pass of passesOf(texts.map(idsOf), tokensPerPass)) states.push(...readPass(pass));
      return states;
    },
  };
}

/** The same, that knows again what it has read last. @param most texts that are remembered */
export function remembered({ model, read }: TextStates, most: number): TextStates {
  const known = new Map<string, Float32Array>();
  return {
    model,
    read: (texts) => {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const states = new Map(read(fresh).map((state, i) => [fresh[i] as string, state]));
      const found = texts.map((text) => (states.get(text) ?? known.get(text)) as Float32Array);
      for (const [text, state] of states) known.set(text, state);
      for (const text of known.keys()) {
        if (known.size <= most) break;
        known.delete(text);
      }
      return found;
    },
  };
}

/** 0 of no rows. @param rows [·, width] */
function meanRow(rows: Float32Array, width: number): Float32Array {
  const mean = new Float32Array(width);
  const count = rows.length / width;
  for (const [at, entry] of rows.entries()) {
    const column = at % width;
    mean[column] = (mean[column] as number) + entry / count;
  }
  return mean;
}

function passesOf(
  sequences: readonly (readonly number[])[],
  tokens: number,
): (readonly number[])[][] {
  const passes: (readonly number[])[][] = [];
  let room = 0;
  for (const sequence of sequences) {
    const current = passes.at(-1);
    if (current && sequence.length <= room) {
      current.push(sequence);
      room -= sequence.length;
      continue;
    }
    passes.push([sequence]);
    room = tokens - sequence.length;
  }
  return passes;
}
