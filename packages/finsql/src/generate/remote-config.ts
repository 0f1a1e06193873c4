import type { OwnWords } from '@quaestor/peft';
import * as z from 'zod';
import { timeout } from '../database/timeout.ts';

/** Where a model answers over HTTP, and how patiently it is asked. */
export const remoteConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .refine((text) => !hasCredentials(text), 'must not hold a name or password; give a key')
    .describe('address of a server with /v1/completions: vLLM, llama-server, Ollama'),
  model: z.string().min(1).describe('name that the server knows the model by'),
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'holds characters that no HTTP header can hold')
    .optional()
    .describe('key that the server asks for'),
  timeoutMs: timeout.default(60_000).describe('longest wait for one answer'),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe('times that a busy server (429, 503) is asked again, after longer and longer waits'),
  backOffMs: z.int().positive().default(500).describe('the first wait, doubled each time'),
  parallel: z.int().positive().max(64).default(4).describe('prompts asked about at once'),
  maxBytes: z.int().positive().default(4_000_000).describe('bytes of an answer that are read'),
});

export const REMOTE_WORDS: OwnWords = {
  'expected an http or https address': '应为 http 或 https 地址',
  'must not hold a name or password; give a key': '不能含有用户名或密码，请改用密钥',
  'holds characters that no HTTP header can hold': '含有 HTTP 头中不允许的字符',
};

export type RemoteConfig = z.output<typeof remoteConfig>;

function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}
