/** One message of a chat. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface EncodeOptions {
  /** Whether special tokens written in the text are meant as such, default true; false for what a user wrote. */
  readonly special?: boolean;
}

/** Text ↔ token ids. Implementations: `huggingface.ts` (real models), `byte.ts` (tests). */
export interface Tokenizer {
  readonly vocabularySize: number;
  /** Ids that end a text; generation stops at any of them. */
  readonly endIds: readonly number[];
  /** Id used to fill short rows of a batch; never attended to. */
  readonly padId: number;
  /** Text → ids. Adds no begin or end tokens; a text without special tokens has the same ids either way. */
  encode(text: string, options?: EncodeOptions): number[];
  /** Ids → text. Special tokens are left out. */
  decode(ids: readonly number[]): string;
  /** The bytes of one token (byte-level BPE decoded), for stop strings and token filters. */
  tokenBytes(id: number): Uint8Array;
  /** A conversation under the model's chat template, ending where the assistant is to speak. */
  applyChat(messages: readonly ChatMessage[]): string;
  /** The same as ids: only the template's own marks are special tokens, whatever the messages hold. */
  encodeChat(messages: readonly ChatMessage[]): number[];
}
