/** What a classification is told, and what of it goes together. */
import { described, LANGUAGES } from '@quaestor/peft';
import { serialisers } from '@quaestor/tabllm';
import * as z from 'zod';
import { classifierName } from '../../classifiers/classifier.ts';
import { labellingId, thresholdRule } from '../../labelling/labelling.ts';
import { badInput, type InputProblem } from '../../problem-words/input-problems.ts';
import { uploadId } from '../../uploads/upload-store.ts';

export const classifyParams = z.strictObject({
  upload: uploadId
    .optional()
    .apply(described, { en: 'CSV file of the rows', zh: '各行所在的 CSV 文件' }),
  labelling: labellingId.optional().apply(described, {
    en: 'labelled table instead of an upload: its labels are learned from',
    zh: '代替上传文件的标注表格：从其标签学习',
  }),
  classifier: classifierName.optional().apply(described, {
    en: 'saved classifier to label the rows of the upload with; it knows its target',
    zh: '用来标注上传文件各行的已保存分类器；它已知目标列',
  }),
  target: z.string().min(1).optional().apply(described, {
    en: 'column to predict; needed to learn from an upload; with a labelling, refused (409) where another one has been chosen',
    zh: '要预测的列；从上传的文件学习时必填；与标注同用时，如果已改选其他目标则拒绝（409）',
  }),
  train_upload: uploadId.optional().apply(described, {
    en: 'CSV file of labelled rows; default: rows of the file that have a label',
    zh: '已标注行的 CSV 文件；默认：文件中有标签的行',
  }),
  id: z
    .string()
    .min(1)
    .optional()
    .apply(described, { en: 'column that tells rows apart', zh: '用来区分各行的列' }),
  group: z.string().min(1).optional().apply(described, {
    en: 'column whose rows of one value, as of a customer, are held out together when the model is judged; default: found where it can be told',
    zh: '评估模型时，此列取值相同的行（如同一客户的行）一起留出；默认：能判断时自动找出',
  }),
  classes: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .regex(/^[^,]*$/, 'has a comma'),
    )
    .min(2)
    .optional()
    .apply(described, {
      en: 'the classes, where no row has a label',
      zh: '各类别，没有任何行带标签时给出',
    }),
  threshold: thresholdRule.optional(),
  explain: z
    .boolean()
    .default(false)
    .apply(described, { en: 'tell why, for each row', zh: '为每一行说明理由' }),
  language: z.enum(LANGUAGES).optional().apply(described, {
    en: 'of reasons and warnings of rows; default: that of Accept-Language',
    zh: '各行理由和提示所用的语言；默认：Accept-Language 的语言',
  }),
  tabular: z
    .boolean()
    .default(false)
    .apply(described, { en: 'leave the language model out', zh: '不使用语言模型' }),
  question: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .optional()
    .apply(described, { en: 'what to ask about a row', zh: '就一行提出的问题' }),
  serialiser: z
    .enum(serialisers().map(({ name }) => name) as [string, ...string[]])
    .optional()
    .apply(described, {
      en: 'how a row becomes text, for a language model that reads every row; default: it is asked about columns, once',
      zh: '把一行变成文本的方式，供逐行阅读的语言模型使用；默认：只就各列询问一次',
    }),
  template: z.string().min(1).max(20_000).optional().apply(described, {
    en: 'a text with columns in braces, instead of a serialiser: {age} years old.',
    zh: '代替 serialiser 的文本，花括号内为列名：{age} 岁。',
  }),
  trees: z
    .int()
    .min(1)
    .max(2000)
    .default(300)
    .apply(described, { en: 'trees of the random forest', zh: '随机森林的树数' }),
  seed: z.int().min(0).default(0),
});

export type ClassifyParams = z.output<typeof classifyParams>;

/** @throws ServerError 'bad-request' naming every problem */
export function checkTogether(params: ClassifyParams): void {
  const { upload, labelling, classifier, target } = params;
  const problems: InputProblem[] = [];
  if ((upload === undefined) === (labelling === undefined)) {
    problems.push({ code: 'upload-or-labelling' });
  }
  if (labelling === undefined && classifier === undefined && target === undefined) {
    problems.push({ code: 'no-target' });
  }
  const bound = labelling === undefined ? 'classifier' : 'labelling';
  if (labelling !== undefined || classifier !== undefined) {
    const other = [
      'train_upload',
      'classes',
      'group',
      'threshold',
      'question',
      'template',
    ] as const;
    for (const name of other) {
      if (params[name] !== undefined) {
        problems.push({ code: 'not-with', field: name, other: bound });
      }
    }
  }
  if (classifier !== undefined && target !== undefined) {
    problems.push({ code: 'not-with', field: 'target', other: 'classifier' });
  }
  if (labelling !== undefined && params.id !== undefined) {
    problems.push({ code: 'not-with', field: 'id', other: 'labelling' });
  }
  if (labelling !== undefined && classifier !== undefined) {
    problems.push({ code: 'classifier-with-labelling' });
  }
  if (problems.length > 0) throw badInput(problems);
}
