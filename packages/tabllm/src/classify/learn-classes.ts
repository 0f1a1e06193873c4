import type { Translated } from '@quaestor/peft';
import { seenRows } from '../schema/leak.ts';
import { checkPrior, classesFor } from './classes-for.ts';
import { canAskColumns } from './column-questions.ts';
import { type FitOptions, fittingClassifier } from './fit-classifier.ts';
import type { AskedTable, FitTableOptions } from './fit-options.ts';
import { LEARNING_STOPPED, withRests } from './in-parts.ts';
import { asSentence } from './label-words.ts';
import type { LearnedClassifier, LearnedSoFar } from './learned-table.ts';
import { canDecide } from './out-of-fold.ts';
import { readTexts } from './read-texts.ts';
import type { GroupedToLearn } from './rows-to-learn.ts';
import { alikeClasses, mostlyCopies, rareClasses } from './table-warnings.ts';
import {
  datesAsLabels,
  hiddenQuantity,
  likeQuantity,
  type TargetLabels,
} from './target-numbers.ts';

/** Beside more labelled rows what a language model expects no longer counts. */
export const EXPECTED_UNTIL = 2000;

/**
 * A model of a target that has a few values, with a language model beside it where one is of use.
 * @param words what is said of words in the target that are no label
 */
export async function learnClasses(
  learned: LearnedSoFar,
  { schema, rows, unlabelled, fresh, groups, ofColumns }: GroupedToLearn,
  numbered: TargetLabels,
  words: Translated | null,
  options: FitTableOptions,
): Promise<LearnedClassifier> {
  const { task = 'auto', trees, prior, threshold, languageWeight, signal } = options;
  const { target, labels } = numbered;
  const { names: classes, labels: places } = classesFor(target, labels, options.classes, {
    few: words && asSentence(words),
    many: datesAsLabels(labels) ?? (task === 'classes' ? null : hiddenQuantity(numbered)),
  });
  checkPrior(prior, classes);
  const asked = { schema, target, classes, labelled: rows.length };
  const states = await readTexts({ schema, rows, unlabelled }, options);
  const fitting = fittingClassifier({
    ...{ schema, rows, labels: places, classes: classes.length, groups, unlabelled, fresh },
    seed: learned.seed,
    states,
    ...(trees !== undefined && { trees }),
    ...(await languageBeside(asked, places, options)),
    ...(languageWeight !== undefined && { languageWeight }),
    ...(prior && { prior }),
    ...(threshold && { threshold }),
  });
  const classifier = await withRests(fitting, { signal, stopped: LEARNING_STOPPED });
  const { asksLanguage, leftOut, copies, counts } = classifier;
  return {
    ...learned,
    kind: 'classifier',
    copies: copies + leftOut,
    seen: seenRows(schema, rows, labels, 'read-with-text'),
    warnings: [
      ...learned.warnings,
      ...alikeClasses(classes),
      ...(task === 'auto' ? likeQuantity(numbered) : []),
      // A language model reads cells as they stand.
      ...(asksLanguage ? [] : ofColumns()),
      ...(rows.length > 0 ? rareClasses(classes, counts) : []),
      ...(threshold && classifier.state.threshold === null ? [noThreshold()] : []),
      ...mostlyCopies(copies, rows.length - leftOut),
      ...(leftOut > 0 ? [copiesLeftOut(leftOut, rows.length)] : []),
    ],
    classes,
    counts,
    classifier,
  };
}

/** What a language model expects of the columns, or one that reads rows where there are none to ask about, and no labels. */
async function languageBeside(
  asked: AskedTable,
  places: Int32Array,
  { expert, language, languageWeight = 0 }: FitTableOptions,
): Promise<Pick<FitOptions, 'expert' | 'language'>> {
  const { schema, classes, labelled } = asked;
  if (expert !== undefined && canAskColumns(schema, classes.length)) {
    const opened = labelled <= EXPECTED_UNTIL ? await expert(asked) : null;
    return opened ? { expert: opened } : {};
  }
  // Labels teach what columns and words of text say in no time; a reader takes a second for a dozen rows.
  if (expert !== undefined && labelled > 0) return {};
  if (labelled > 0 && !canDecide(places, classes.length) && languageWeight <= 0) return {};
  const opened = await language?.({ ...asked, asked: null });
  return opened ? { language: opened } : {};
}

/** Said where labels are too few to choose a threshold by. */
function noThreshold(): Translated {
  return {
    en: 'too few labelled rows of each class to choose a threshold by; the likelier class is said. One by costs (cost:1:5) needs none',
    zh: '各类别带标签的行太少，无法选择阈值，按可能性较大的类别判断。按代价设定的阈值（cost:1:5）不需要带标签的行',
  };
}

function copiesLeftOut(leftOut: number, labelled: number): Translated {
  return {
    en: `${leftOut} of ${labelled} labelled rows repeat others, far more than rows without labels do; these copies are left out`,
    zh: `${labelled} 个有标签的行中，有 ${leftOut} 行与其他行重复，远多于没有标签的行之间的重复；这些重复行不参与学习`,
  };
}
