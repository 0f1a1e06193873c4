import type { ChatMessage, Tokenizer } from './tokenizer.ts';

const END = 256;
const PAD = 257;

/**
 * One token per UTF-8 byte (ids 0–255), an end token (256) and padding (257): no files, no
 * training. The two special tokens have no written form. For tests and tiny models.
 */
export function byteTokenizer(): Tokenizer {
  return {
    vocabularySize: 258,
    endIds: [END],
    padId: PAD,
    encode,
    decode: (ids) => new TextDecoder().decode(Uint8Array.from(ids.filter((id) => id < END))),
    tokenBytes: (id) => (id < END ? Uint8Array.of(id) : new Uint8Array()),
    applyChat,
    encodeChat: (messages) => encode(applyChat(messages)),
  };
}

const encode = (text: string): number[] => [...new TextEncoder().encode(text)];
const applyChat = (messages: readonly ChatMessage[]): string =>
  `${messages.map(line).join('')}assistant: `;
const line = ({ role, content }: ChatMessage) => `${role}: ${content}\n`;
