/** Why Node could not do something: in its own words, and in Chinese by the code that it gives. */
import { jsonInChinese } from './json-in-chinese.ts';
import type { Translated } from './translated.ts';

const BY_CODE: Readonly<Record<string, string>> = {
  EACCES: '没有权限',
  EPERM: '不允许此操作',
  EROFS: '文件系统是只读的',
  ENOENT: '没有这个文件或文件夹',
  EEXIST: '已经存在',
  EISDIR: '这是一个文件夹',
  ENOTDIR: '路径中有一部分不是文件夹',
  ENOTEMPTY: '文件夹不是空的',
  ENAMETOOLONG: '名称过长',
  ELOOP: '符号链接层数过多',
  EXDEV: '不能跨文件系统移动',
  EBUSY: '正在被使用',
  ETXTBSY: '程序正在运行',
  EIO: '读写出错',
  EFBIG: '文件过大',
  ERR_FS_FILE_TOO_LARGE: '文件过大',
  ERR_STRING_TOO_LONG: '文本过长',
  ENOSPC: '磁盘空间不足',
  EDQUOT: '磁盘配额已用完',
  ENOMEM: '内存不足',
  EMFILE: '打开的文件过多',
  ENFILE: '系统中打开的文件过多',
  EAGAIN: '资源暂时不足',
  EPIPE: '对方已关闭连接',
  EADDRINUSE: '地址已被占用',
  EADDRNOTAVAIL: '地址不可用',
  ECONNREFUSED: '连接被拒绝',
  ECONNRESET: '连接被对方中断',
  ECONNABORTED: '连接已中断',
  ETIMEDOUT: '连接超时',
  EHOSTUNREACH: '无法到达该主机',
  ENETUNREACH: '网络不可达',
  ENOTFOUND: '找不到该主机',
  EAI_AGAIN: '暂时无法解析主机名',
  UND_ERR_CONNECT_TIMEOUT: '连接超时',
  UND_ERR_HEADERS_TIMEOUT: '等待回应超时',
  UND_ERR_BODY_TIMEOUT: '等待数据超时',
  UND_ERR_SOCKET: '连接已中断',
  CERT_HAS_EXPIRED: '证书已过期',
  DEPTH_ZERO_SELF_SIGNED_CERT: '证书是自签名的',
  SELF_SIGNED_CERT_IN_CHAIN: '证书链中有自签名的证书',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '无法验证证书',
  ERR_TLS_CERT_ALTNAME_INVALID: '证书与主机名不符',
  ERR_ENCODING_INVALID_ENCODED_DATA: '不是有效的 UTF-8 文本',
  Z_DATA_ERROR: '压缩数据已损坏',
  Z_BUF_ERROR: '压缩数据不完整',
};

/**
 * What an error says, for readers of each language; where its Chinese is not known, its own words stay.
 * @param told path that the sentence around it names; another one is named with the reason
 */
export function reasonOf(error: unknown, told?: string): Translated {
  const en = error instanceof Error ? error.message : String(error);
  return { en, zh: inChinese(error, told) ?? en };
}

/** Of what lies behind an error, where that alone is known: `fetch` says only that it failed. */
function inChinese(error: unknown, told: string | undefined): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { chinese, code, path } = error as Partial<Record<'chinese' | 'code' | 'path', unknown>>;
  if (typeof chinese === 'string') return chinese;
  if (typeof code === 'string' && Object.hasOwn(BY_CODE, code)) {
    const place = typeof path === 'string' && path !== told ? `：${path}` : '';
    return `${BY_CODE[code]}（${code}${place}）`;
  }
  if (error instanceof SyntaxError) return jsonInChinese(error.message);
  return inChinese(error.cause, told);
}
