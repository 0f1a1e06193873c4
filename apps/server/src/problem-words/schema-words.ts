/** What the schemas of requests say themselves, where Zod has no word for it → Chinese, behind a field's name. */

import { METHOD_WORDS, type OwnWords } from '@quaestor/peft';

export const SCHEMA_WORDS: OwnWords = {
  ...METHOD_WORDS,
  'is empty': '不能为空',
  'is empty: write what you want to know': '不能为空：请写出想了解的内容',
  'is empty: pick one of GET /api/databases': '不能为空：请从 GET /api/databases 中选择一个',
  'is longer than 500 characters': '不能超过 500 个字符',
  'is longer than 2000 characters: ask for one thing at a time':
    '不能超过 2000 个字符：请一次只问一件事',
  'is longer than 20000 characters': '不能超过 20000 个字符',
  'has line breaks or other control characters': '不能含有换行或其他控制字符',
  'has control characters': '不能含有控制字符',
  'begins with sqlite_, which SQLite keeps for itself':
    '不能以 sqlite_ 开头，这是 SQLite 的保留名称',
  'has a comma': '不能含有逗号',
  'ends with a dot or blank': '不能以点或空格结尾',
  'is no name: expected up to 64 letters, digits, blanks, dots, dashes or underscores':
    '不能用作名称：最多 64 个字母、数字、空格、点、连字符或下划线',
  'is no name: expected up to 100 letters, digits, dots, dashes or underscores':
    '不能用作名称：最多 100 个字母、数字、点、连字符或下划线',
  'must be letters, digits, dots, dashes and underscores, at most 80':
    '只能由字母、数字、点、连字符和下划线组成，最多 80 个',
  'is no id of an upload': '不是上传文件的编号',
  'is no id of a labelling': '不是标注的编号',
  'is no cursor: take `next` of the piece before': '不是分页位置：请使用上一页的 next',
  'expected one for each adapter': '每个适配器都要有一个',
  'expected numbers of rows with commas: 1,2,3': '应为用逗号分隔的行号：1,2,3',
  'give either upload or sample': 'upload 和 sample 必须且只能给出一个',
  'does not go with a thumb up': '不能与“正确”的评价同时给出',
};
