import type { Sentences } from '@quaestor/finsql/wording';
import type { InputProblem } from './input-problems.ts';

export const chinese: Sentences<InputProblem> = {
  'upload-or-labelling': () => 'upload 和 labelling 必须且只能给出一个',
  'no-target': () => '缺少 target：要预测的列',
  'not-with': ({ field, other }) => `${field} 不能与 ${other} 同时使用`,
  'classifier-with-labelling': () => 'classifier 不能与 labelling 同时使用，请上传表格',
  'no-column': ({ field, name, columns }) =>
    `params.${field}：没有名为“${name}”的列，已有的列：${columns.join('、')}`,
  'unknown-feature': ({ name }) => `features：没有名为“${name}”的列`,
  'target-as-feature': () => 'features：不能用要预测的列来预测它自己',
  'unknown-group': ({ name }) => `group：没有名为“${name}”的列`,
  'target-as-group': () => 'group：要预测的列不能说明哪些行属于一组',
  'class-with-comma': ({ name }) => `classes：“${name}”含有逗号，只有列中已有的标签才可以含逗号`,
  'no-features': () => 'features：没有其他能说明各行情况的列',
  'too-few-classes': ({ target, only }) =>
    `classes：至少要有两个类别，${target} 中${only === null ? '没有标签' : `只有“${only}”`}`,
  'too-many-classes': ({ target, classes, most }) =>
    `target：${target} 有 ${classes} 个不同的标签，最多只能区分 ${most} 个。它是不是编号？`,
  'threshold-without-two-classes': () => 'threshold：只能用于两个类别',
  'no-row': ({ row, rows }) => `第 ${row} 行：一共只有 ${rows} 行`,
  'no-number': ({ row, label, example }) =>
    `第 ${row} 行：“${label}”不是这一列的数字，请写成 ${example} 这样`,
  'no-class': ({ row, label, classes }) =>
    `第 ${row} 行：没有“${label}”这个类别，已有的类别：${classes.join('、')}`,
  'no-such-kind': ({ kind, kinds }) => `没有 ${kind} 这种任务，已有的任务：${kinds.join('、')}`,
};
