import type { Tokenizer } from '@quaestor/peft';
import type { TextToken } from './language-service.ts';

/** Tokens of one completion → text that will not change any more. */
export class SettledText {
  readonly #tokenizer: Pick<Tokenizer, 'decode' | 'tokenBytes'>;
  readonly #stop: readonly string[];
  readonly #ids: number[] = [];
  readonly #tokens: TextToken[] = [];
  /** Characters before the first stop text, once one is there. */
  #end: number | undefined;
  #text = '';
  #sent = 0;
  #sentTokens = 0;

  constructor(tokenizer: Pick<Tokenizer, 'decode' | 'tokenBytes'>, stop: readonly string[]) {
    this.#tokenizer = tokenizer;
    this.#stop = stop;
  }

  get length(): number {
    return this.#ids.length;
  }

  /** The text that this token settles; often none. */
  add(id: number, logProbability: number): string {
    const bytes = [...this.#tokenizer.tokenBytes(id)];
    this.#ids.push(id);
    this.#tokens.push({ text: utf8(bytes), bytes, logProbability });
    if (this.#end !== undefined) return '';
    const text = this.#tokenizer.decode(this.#ids);
    this.#end = firstStop(text, this.#stop);
    this.#text = text.slice(0, this.#end);
    const whole = text.slice(0, text.length - unfinished(text));
    const settled = this.#end ?? whole.length - beginsStop(whole, this.#stop);
    if (settled <= this.#sent) return '';
    const added = text.slice(this.#sent, settled);
    this.#sent = settled;
    return added;
  }

  /** What is left of the whole text, which a stop may have cut. */
  rest(whole: string): string {
    const added = whole.slice(this.#sent);
    this.#sent = Math.max(this.#sent, whole.length);
    return added;
  }

  /** Tokens not taken yet; those behind a stop text, or the end of `whole`, are left out. */
  takeTokens(whole = this.#end === undefined ? undefined : this.#text): readonly TextToken[] {
    let room = whole === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(whole);
    const kept = this.#tokens.filter(({ bytes }) => {
      room -= bytes.length;
      return room + bytes.length > 0;
    });
    const taken = kept.slice(this.#sentTokens);
    this.#sentTokens = kept.length;
    return taken;
  }
}

/** Replacement characters at the end: bytes of a character whose rest is still to come. */
function unfinished(text: string): number {
  return /\ufffd*$/.exec(text)?.[0].length ?? 0;
}

/** Where the first stop text begins; undefined where there is none. */
function firstStop(text: string, stop: readonly string[]): number | undefined {
  const cuts = stop.map((end) => text.indexOf(end)).filter((at) => at >= 0);
  return cuts.length === 0 ? undefined : Math.min(...cuts);
}

/** Characters at the end that a stop text begins with. */
function beginsStop(text: string, stop: readonly string[]): number {
  let longest = 0;
  for (const end of stop) {
    for (let length = Math.min(end.length, text.length); length > longest; length--) {
      if (text.endsWith(end.slice(0, length))) longest = length;
    }
  }
  return longest;
}

function utf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
