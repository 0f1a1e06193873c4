import * as z from 'zod';
import type { ChatMessage } from '../tokenizer/tokenizer.ts';

/** One line of an instruction set, under the names that Alpaca made common. */
export const instructionRecord = z.object({
  instruction: z.string().min(1).describe('what to do'),
  input: z.string().default('').describe('what to do it with; may be empty'),
  output: z.string().describe('the right answer'),
});

export type InstructionRecord = Readonly<z.infer<typeof instructionRecord>>;

/** A record as a conversation, for training: instruction and input are asked, the output is answered. */
export function instructionMessages({
  instruction,
  input,
  output,
}: InstructionRecord): readonly ChatMessage[] {
  return [
    { role: 'user', content: input === '' ? instruction : `${instruction}\n\n${input}` },
    { role: 'assistant', content: output },
  ];
}
