import type { Translated } from '@quaestor/peft';

/** The parts of the interface that its description groups operations by, as they are headed. */
export const TAGS = {
  ask: { en: 'ask', zh: '提问' },
  answers: { en: 'answers', zh: '回答' },
  databases: { en: 'databases', zh: '数据库' },
  jobs: { en: 'jobs', zh: '任务' },
  uploads: { en: 'uploads', zh: '上传' },
  examples: { en: 'examples', zh: '示例' },
  adapters: { en: 'adapters', zh: '适配器' },
  classify: { en: 'classify', zh: '分类' },
  openai: { en: 'openai', zh: 'OpenAI 兼容接口' },
  mcp: { en: 'mcp', zh: 'MCP 协议' },
  operation: { en: 'operation', zh: '运行状况' },
} as const satisfies Readonly<Record<string, Translated>>;

export type Tag = keyof typeof TAGS;
