/** One message of a chat. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Text ↔ token ids. Implementations: `huggingface.ts` (real models), `byte.ts` (tests). */
export interface Tokenizer {
  readonly vocabularySize: number;
  /** Ids that end a text; generation stops at any of them. */
  readonly endIds: readonly number[];
  /** Id used to fill short rows of a batch; never attended to. */
  readonly padId: number;
  /** Text → ids. Adds no begin or end tokens; special tokens written in the text are recognised. */
  encode(text: string): number[];
  /** Ids → text. Special tokens are left out. */
  decode(ids: readonly number[]): string;
  /** The bytes of one token (byte-level BPE decoded), for stop strings and token filters. */
  tokenBytes(id: number): Uint8Array;
  /** A conversation under the model's chat template, ending where the assistant is to speak. */
  applyChat(messages: readonly ChatMessage[]): string;
}
