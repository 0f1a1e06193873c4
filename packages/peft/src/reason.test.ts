import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PeftError } from './errors.ts';
import { reasonOf } from './reason.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-reason-'));
const file = join(folder, 'file');

beforeAll(() => writeFileSync(file, ''));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the work throws. */
async function thrown(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it.each<[string, () => unknown, string]>([
  [
    'a file that is not there',
    () => readFileSync(join(folder, 'no')),
    '没有这个文件或文件夹（ENOENT：',
  ],
  ['a folder as a file', () => readFileSync(folder), '这是一个文件夹（EISDIR'],
  ['a file as a folder', () => readdirSync(file), '路径中有一部分不是文件夹（ENOTDIR：'],
  ['what is there already', () => mkdirSync(file), '已经存在（EEXIST：'],
  ['a name that is too long', () => readFileSync('a'.repeat(5000)), '名称过长（ENAMETOOLONG：'],
  [
    'a server that is not there',
    async () => fetch(`http://127.0.0.1:${await closedPort()}`),
    '连接被拒绝（ECONNREFUSED）',
  ],
  [
    'half of a packed text',
    () => gunzipSync(gzipSync('text').subarray(0, 12)),
    '压缩数据不完整（Z_',
  ],
  [
    'bytes that are no text',
    () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])),
    '不是有效的 UTF-8 文本（ERR_',
  ],
])('says in Chinese what is wrong with %s', async (_case, work, chinese) => {
  const error = await thrown(work);
  const reason = reasonOf(error);
  expect(reason.en).toBe(error.message);
  expect(reason.zh).toContain(chinese);
});

it('names no path that is told already', async () => {
  const path = join(folder, 'no');
  const error = await thrown(() => readFileSync(path));
  expect(reasonOf(error, path).zh).toBe('没有这个文件或文件夹（ENOENT）');
  expect(reasonOf(error).zh).toBe(`没有这个文件或文件夹（ENOENT：${path}）`);
});

it.each<[string, RegExp]>([
  ['', /^内容不完整$/],
  ['{"a": 1', /^(属性值之后应为 ',' 或 '}'（.+）|内容不完整)$/],
  ['nul', /^(不应出现“.+”|内容不完整)/],
  ['{"a": x}', /^不应出现“x”/],
  ['{a: 1}', /^(应为属性名或“}”|不应出现“a”)/],
  ['{"a" 1}', /^(属性名之后应为“:”|不应出现)/],
  ['[1 2]', /^(数组元素之后应为 ',' 或 '\]'|不应出现数字)/],
  ['{"a": 1,}', /^(属性名应写在双引号中|不应出现“}”)/],
  ['"a', /^(字符串没有结束|内容不完整)/],
  ['"\t"', /^(字符串中含有控制字符|不应出现)/],
  ['"\\x"', /^(转义字符有误|不应出现)/],
  ['"\\uXXXX"', /^(Unicode 转义有误|不应出现)/],
  ['{} 1', /^(末尾有多余的内容|不应出现数字)/],
  ['-', /^(负号之后没有数字|内容不完整)/],
  ['1e', /^(指数部分没有数字|内容不完整)/],
  ['1.', /^(小数点之后没有数字|内容不完整)/],
])('says in Chinese what is wrong with the JSON %j', async (text, chinese) => {
  const error = await thrown(() => JSON.parse(text));
  const reason = reasonOf(error);
  expect(reason.en).toBe(error.message);
  expect(reason.zh).toMatch(chinese);
  expect(reason.zh).not.toMatch(/JSON|position|Expected/);
});

it.each([
  ["Expected property name or '}' in JSON at position 1", '应为属性名或“}”（位置 1）'],
  [
    "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)",
    "数组元素之后应为 ',' 或 ']'（第 1 行第 4 列）",
  ],
  [
    'Unexpected non-whitespace character after JSON at position 3 (line 2 column 1)',
    '末尾有多余的内容（第 2 行第 1 列）',
  ],
  ['Unexpected token } in JSON at position 8', '不应出现“}”（位置 8）'],
  [`Unexpected token 'a', "a or b" is not valid JSON`, '不应出现“a”'],
  [`Unexpected token ''', ..."a": 'b', "... is not valid JSON`, "不应出现“'”"],
  ['"undefined" is not valid JSON', '“undefined”不是 JSON'],
])('says where, in the words of any release: %s', (message, chinese) => {
  expect(reasonOf(new SyntaxError(message)).zh).toBe(chinese);
});

it('takes what an error says itself', () => {
  const error = new PeftError('not-found', { en: 'It is gone.', zh: '已不存在。' });
  expect(reasonOf(error)).toEqual({ en: 'It is gone.', zh: '已不存在。' });
  expect(reasonOf(new Error('it failed', { cause: error })).zh).toBe('已不存在。');
});

it.each([
  new Error('something else'),
  Object.assign(new Error('EUNHEARD: unheard of'), { code: 'EUNHEARD' }),
  Object.assign(new Error('an odd code'), { code: 'toString' }),
  new SyntaxError('Unexpected identifier'),
  'no error at all',
])('leaves what it does not know as it is: %s', (error) => {
  const said = error instanceof Error ? error.message : error;
  expect(reasonOf(error)).toEqual({ en: said, zh: said });
});
