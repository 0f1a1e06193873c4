/** A table whose rows people label: what clients see of it, and what they may say about it. */
import { described, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

export const labellingId = z.string().regex(/^labelling_[0-9a-f]{18}$/, 'is no id of a labelling');

const time = z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' });
const columnName = z.string().min(1).max(500);
const label = z.string().trim().min(1).max(200);

export const thresholdRule = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.enum(['f1', 'youden']) }),
    z.strictObject({
      by: z.literal('cost'),
      false_alarm: z.number().min(0.001).max(1e6),
      miss: z.number().min(0.001).max(1e6),
    }),
  ])
  .apply(described, {
    en: 'where to say the second of two classes: best F1, Youden, or what mistakes cost',
    zh: '何时判为两个类别中的第二个：F1 最佳处、Youden 指数最佳处，或按错误的代价',
  });

export type LabellingThreshold = z.output<typeof thresholdRule>;

export const columnDescription = z.object({
  name: z.string(),
  kind: z.enum(['numeric', 'category', 'boolean', 'date', 'text']),
  role: z.enum(['feature', 'identifier', 'constant']).apply(described, {
    en: 'only features say something about a row',
    zh: '只有 feature 能说明一行的情况',
  }),
  missing: z.int().apply(described, { en: 'cells without a value', zh: '没有值的单元格数' }),
  distinct: z.int().apply(described, { en: 'different values', zh: '不同值的个数' }),
  values: z
    .array(z.object({ value: z.string(), count: z.int() }))
    .readonly()
    .apply(described, { en: 'the most frequent ones', zh: '最常见的值' }),
  range: z
    .tuple([z.string(), z.string()])
    .readonly()
    .nullable()
    .apply(described, { en: 'least and greatest number or date', zh: '最小和最大的数字或日期' }),
});

export type ColumnDescription = Readonly<z.output<typeof columnDescription>>;

const counted = z.object({ label: z.string(), count: z.int() });

export const settingsBody = z.strictObject({
  target: columnName.apply(described, {
    en: 'column to predict: one of the table, or a new name',
    zh: '要预测的列：表中的一列，或一个新名称',
  }),
  classes: z.array(label).min(1).max(50).optional().apply(described, {
    en: 'labels beside those that stand in the column, without commas; needed for a new one',
    zh: '列中已有标签之外的标签，不含逗号；新列必填',
  }),
  features: z.array(columnName).min(1).max(2000).optional().apply(described, {
    en: 'columns to learn from; default: all that say something about a row',
    zh: '学习所用的列；默认：能说明一行情况的所有列',
  }),
  group: columnName.nullable().default(null).apply(described, {
    en: 'column whose rows of one value, as of a customer, are held out together when the model is judged, learned from or not; null: found where it can be told',
    zh: '评估模型时，此列取值相同的行（如同一客户的行）一起留出，无论是否从该列学习；null：能判断时自动找出',
  }),
  threshold: thresholdRule.nullable().default(null),
});

export type LabellingSettings = z.output<typeof settingsBody>;

export const labelsBody = z.strictObject({
  target: columnName.optional().apply(described, {
    en: 'what the labels say; where another target has been chosen, nothing is kept (409)',
    zh: '标签所属的目标列；如果已改选其他目标，则不保存任何标签（409）',
  }),
  labels: z
    .array(
      z.strictObject({
        row: z.int().min(1).apply(described, {
          en: 'counted from 1, without the header',
          zh: '从 1 计数，不含表头',
        }),
        label: label.nullable().apply(described, {
          en: 'null takes a label back that was given here',
          zh: 'null 撤回在此给出的标签',
        }),
      }),
    )
    .min(1)
    .max(1000),
});

export type GivenLabels = z.output<typeof labelsBody>;

export const labellingSummary = z.object({
  id: z.string(),
  name: z.string(),
  created_at: time,
  bytes: z.int(),
  rows: z.int().apply(described, { en: 'rows that can be labelled', zh: '可标注的行数' }),
  target: z
    .string()
    .nullable()
    .apply(described, { en: 'null: not chosen yet', zh: 'null：尚未选择' }),
  given: z.int().apply(described, { en: 'labels that were given here', zh: '在此给出的标签数' }),
});

export const labellingSchema = component(
  'Labelling',
  labellingSummary.extend({
    truncated: z.boolean().apply(described, {
      en: 'the file has more rows; a classification labels them all',
      zh: '文件还有更多行；分类任务会标注全部',
    }),
    encoding: z.string(),
    delimiter: z.string(),
    warnings: z
      .array(text)
      .readonly()
      .apply(described, { en: 'about the table as a whole', zh: '关于整个表格' }),
    columns: z.array(columnDescription).readonly(),
    problems: z.object({
      rows: z.int().apply(described, { en: 'rows with something wrong', zh: '有问题的行数' }),
      first: z.array(z.object({ row: z.int(), problems: z.array(text).readonly() })),
    }),
    settings: z
      .object({
        target: z.string(),
        is_new: z
          .boolean()
          .apply(described, { en: 'the table has no such column', zh: '表格没有这一列' }),
        kind: z.enum(['classes', 'quantity']),
        classes: z
          .array(z.string())
          .readonly()
          .apply(described, { en: 'empty for a quantity', zh: '预测数值时为空' }),
        features: z.array(z.string()).readonly(),
        group: z.string().nullable(),
        threshold: thresholdRule.nullable(),
      })
      .nullable(),
    labelled: z.int().apply(described, {
      en: 'rows with a label, from the table or given here',
      zh: '有标签的行数，来自表格或在此给出',
    }),
    counts: z
      .array(counted)
      .readonly()
      .apply(described, { en: 'labelled rows of each class', zh: '每个类别的已标注行数' }),
    needs_no_labels: z.boolean().apply(described, {
      en: 'a first fit needs no labels: the language model can be asked what it expects of the columns',
      zh: '首次学习无需标签：可以询问语言模型对各列的预期',
    }),
    revision: z.int().apply(described, {
      en: 'grows with each change of labels or settings',
      zh: '标签或设置每次变动都会增大',
    }),
  }),
);

export type Labelling = Readonly<z.output<typeof labellingSchema>>;
export type LabellingSummary = Readonly<z.output<typeof labellingSummary>>;

export const labellingRow = z.object({
  row: z.int(),
  cells: z.array(z.string()).readonly(),
  problems: z.array(text).readonly(),
  own: z
    .string()
    .nullable()
    .apply(described, { en: 'label that stands in the table', zh: '表格中的标签' }),
  given: z.string().nullable().apply(described, {
    en: 'label that was given here; it counts',
    zh: '在此给出的标签；以它为准',
  }),
});

export type LabellingRow = Readonly<z.output<typeof labellingRow>>;
