/** What a model that was quickly learned from the labels so far is, says, and how good it is. */
import { described, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

const figure = z
  .number()
  .nullable()
  .apply(described, { en: 'null: cannot be told', zh: 'null：无法得知' });

export const fitReport = component(
  'ClassifierReport',
  z.object({
    kind: z.enum(['classes', 'quantity']),
    rows: z.int().apply(described, {
      en: 'labelled rows that were predicted by models that have not seen them',
      zh: '由没有见过它们的模型预测的已标注行数',
    }),
    figures: z
      .record(z.string(), z.object({ value: figure, low: figure, high: figure }))
      .apply(described, { en: 'with 95 % bootstrap intervals', zh: '附 95 % 自助法区间' }),
    alone: z.record(z.string(), figure).apply(described, {
      en: 'the same figures of class shares or mean alone',
      zh: '仅按类别比例或均值时的同样指标',
    }),
    confusion: z.array(z.array(z.number()).readonly()).readonly().nullable().apply(described, {
      en: 'rows by [true][predicted], at the threshold in use; not whole where classes are met with other shares than those learned from; null for a quantity',
      zh: '按所用阈值统计的 [实际][预测] 行数；各类别的实际占比与学习所用的不同时不是整数；预测数值时为 null',
    }),
    by_class: z
      .array(z.object({ precision: figure, recall: figure, f1: figure, rows: z.number() }))
      .readonly()
      .nullable(),
    reliability: z
      .array(z.object({ rows: z.number(), confidence: z.number(), accuracy: z.number() }))
      .readonly()
      .apply(described, {
        en: 'how often it is right where it is so sure',
        zh: '在相应的把握程度下，正确的比例',
      }),
  }),
);

export type FitReport = Readonly<z.output<typeof fitReport>>;

export const fitSchema = component(
  'LabellingFit',
  z.object({
    revision: z
      .int()
      .apply(described, { en: 'of the labelling that was learned from', zh: '学习所用标注的版本' }),
    kind: z.enum(['classes', 'quantity']),
    classes: z.array(z.string()).readonly(),
    labelled: z.int(),
    used: z.int().apply(described, {
      en: 'labelled rows of this quick look; a classification uses them all',
      zh: '此次快速学习所用的已标注行数；分类任务会用上全部',
    }),
    report: fitReport
      .nullable()
      .apply(described, { en: 'null: too few labels to tell', zh: 'null：标签太少，无法得知' }),
    calibrated: z.boolean().nullable().apply(described, {
      en: 'whether probabilities are calibrated by the labels, which takes four of each class; null: a quantity',
      zh: '概率是否已用标签校准，每个类别至少需要四个；null：目标是数值',
    }),
    text_read: z.boolean().apply(described, {
      en: 'whether free text counts as the language model reads it; false: by its words alone, or not at all',
      zh: '自由文本是否按语言模型的理解计入；false：仅按词语计入，或不计入',
    }),
    expectations_weight: z.number().nullable().apply(described, {
      en: 'weight of what the language model expects of the columns, beside what was learned from labels; below 0: the labels say the opposite; 0: left out, as it does not help; null: it was not asked',
      zh: '语言模型对各列的预期相对于从标签所学内容的权重；小于 0：标签与预期相反；0：没有帮助，不计入；null：没有询问语言模型',
    }),
    threshold: z.number().nullable().apply(described, {
      en: 'the second class is said from here on; 1: never',
      zh: '达到此值即判为第二个类别；1：永远不判',
    }),
    held: z
      .array(
        z.object({
          probability: z.number(),
          is_second: z.boolean(),
          rows: z.number().apply(described, {
            en: 'labelled rows that it stands for',
            zh: '它所代表的已标注行数',
          }),
        }),
      )
      .readonly()
      .apply(described, {
        en: 'two classes: what models said of labelled rows that they have not seen',
        zh: '两个类别时：模型对没有见过的已标注行的判断',
      }),
    shares: z
      .array(z.object({ label: z.string(), count: z.int() }))
      .readonly()
      .apply(described, {
        en: 'what it says of a sample of the rows without a label',
        zh: '对抽样的无标签行的判断',
      }),
    suggestions: z
      .array(z.object({ row: z.int(), margin: z.number().nullable() }))
      .readonly()
      .apply(described, {
        en: 'rows to label next: those it is least sure of',
        zh: '接下来应标注的行：最没有把握的那些',
      }),
    warnings: z.array(text).readonly(),
    milliseconds: z.int(),
  }),
);

export type Fit = Readonly<z.output<typeof fitSchema>>;

const reasonCell = z.object({ column: z.string(), cell: z.string() });

export const reasonSchema = reasonCell.extend({
  beside: reasonCell.nullable().apply(described, {
    en: 'the other of two columns that count together, as the ratio of two amounts does',
    zh: '与之共同起作用的另一列，例如两个金额之比',
  }),
  with: z.number().apply(described, {
    en: 'probability of the predicted class, or the quantity',
    zh: '预测类别的概率，或预测的数值',
  }),
  without: z.number(),
  words: text,
});

export const opinionSchema = z.object({
  row: z.int(),
  predicted: z.string(),
  probabilities: z
    .array(z.number())
    .readonly()
    .apply(described, { en: 'in the order of the classes', zh: '按类别的顺序' }),
  margin: z.number().nullable(),
  interval: z
    .tuple([z.number(), z.number()])
    .readonly()
    .nullable()
    .apply(described, { en: 'of a quantity, 90 %', zh: '数值的 90 % 区间' }),
  learned_from: z.boolean().apply(described, {
    en: 'its label was learned from: what is said of it proves nothing',
    zh: '模型学过它的标签：对它的判断不能说明问题',
  }),
  reasons: z.array(reasonSchema).readonly(),
});

export type RowOpinion = Readonly<z.output<typeof opinionSchema>>;

export const importanceSchema = z.object({
  column: z.string(),
  fall: z.number().apply(described, {
    en: 'fall of the AUC, or of R², when the column is shuffled',
    zh: '打乱该列后，AUC 或 R² 的下降',
  }),
  sd: z.number(),
});

export type ColumnImportance = Readonly<z.output<typeof importanceSchema>>;
