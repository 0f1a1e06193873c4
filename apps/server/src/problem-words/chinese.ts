/** Problems in Chinese, by their codes: what was wrong and what to do. */
import type { ServerErrorCode } from '../errors.ts';

/** What a problem's words may need. */
export interface ProblemFacts {
  /** In English, with what is particular to the case. */
  readonly detail: string;
  readonly requestId: string;
  /** Seconds after which the same request may succeed; undefined where that is not known. */
  readonly retryAfter: number | undefined;
}

/** Of a status, as RFC 9110 names it. */
export const TITLES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '需要密钥',
  403: '没有权限',
  404: '没有找到',
  405: '不支持的方法',
  406: '无法提供所需格式',
  409: '与当前状态冲突',
  413: '内容过大',
  415: '不支持的格式',
  421: '请求发错了地址',
  422: '内容无法处理',
  429: '请求过多',
  499: '已取消',
  500: '服务器内部错误',
  502: '模型没有给出可用的结果',
  503: '暂时不可用',
  504: '超时',
  507: '存储空间不足',
};

type Say = (facts: ProblemFacts) => string;

const later = ({ retryAfter }: ProblemFacts) =>
  retryAfter === undefined ? '请稍后再试。' : `请在 ${retryAfter} 秒后再试。`;
/** Where only the English tells what is particular, it stays. */
const withDetail =
  (before: string): Say =>
  ({ detail }) =>
    `${before}：${detail}`;

/** A sentence for each code of the server's own errors; those of the packages say theirs themselves. */
export const DETAILS: Readonly<Record<ServerErrorCode | 'internal', Say>> = {
  'bad-request': withDetail('请求有误'),
  'bad-question': () =>
    '问题不能为空，也不能超过 2000 个字符。请写出想了解的内容，一次只问一件事。',
  unauthorized: () => '需要有效的密钥才能访问。请输入管理员提供的密钥。',
  forbidden: () => '当前密钥的权限不足以执行此操作。请使用权限更高的密钥。',
  'wrong-origin': () => '其他网站的页面不能访问此服务器。',
  'no-such-answer': () => '没有这个回答，或已被清除。',
  'no-such-database': () => '没有这个数据库。请从列表中选择一个。',
  'no-such-model': () => '没有这个模型。',
  'not-found': withDetail('没有找到'),
  'method-not-allowed': withDetail('不支持的方法'),
  'not-acceptable': withDetail('无法提供所需格式'),
  conflict: withDetail('与当前状态冲突'),
  'in-progress': (facts) => `这个请求还在处理中。${later(facts)}`,
  'not-compared': () =>
    '当前使用的适配器已有评测成绩，而这个适配器还没有，无法比较。请先用相同的问题评测它，或强制启用。',
  'scores-lower': () => '它的评测成绩低于当前使用的适配器。若仍要使用，请强制启用。',
  'too-large': () => '发送的内容超过了此服务器的上限。',
  'unsupported-media-type': withDetail('不支持的格式'),
  'wrong-host': () => '请求发错了地址：请用服务器启动时显示的地址访问。',
  'bad-upload': withDetail('上传的文件无法使用'),
  'key-reused': () => '这个 Idempotency-Key 已用于另一个请求。每个请求请使用新的值。',
  'rate-limited': (facts) => `一分钟内的请求过多。${later(facts)}`,
  'too-busy': (facts) => `服务器正忙，排队的请求已满。${later(facts)}`,
  aborted: () => '已取消。',
  'bad-config': withDetail('服务器配置有误'),
  'no-free-port': withDetail('没有可用的端口'),
  'no-generator': () => '此服务器没有可用的语言模型。',
  stopping: () => '服务器正在停止。请稍后再试。',
  'model-loading': () => '模型仍在加载。请稍后再问。',
  'model-failed': () => '模型未能加载或意外退出。请稍后再试；若问题仍在，请查看服务器日志。',
  timeout: () => '超过了时限，已停止。请稍后再试，或减少一次要处理的内容。',
  'disk-full': () => '任务和上传的文件已占满允许的空间。请先删除不再需要的任务或文件。',
  internal: ({ requestId }) => `服务器内部出错。详情见服务器日志，请求编号：${requestId}。`,
};
