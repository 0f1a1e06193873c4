/** The public names of this package, in reading order. */

// CSV in and out

export { csvText, type OutputCell } from './csv/csv-text.ts';
export { type CsvEncoding, detectEncoding, ENCODINGS } from './csv/encoding.ts';
export { type CsvRow, type CsvTable, openCsv, type ReadCsvOptions } from './csv/read.ts';
export { expectRegularFile } from './csv/regular-file.ts';
export { type OutputOptions, openOutput, type ResumableOutput } from './csv/resumable-output.ts';
export { inRow, moreFaults } from './csv/row-faults.ts';

// What is known of a table

export { type CheckedTable, checkTable } from './schema/check.ts';
export { isTimeOfDay } from './schema/date-format.ts';
export { featureColumns } from './schema/feature-columns.ts';
export { type InferOptions, inferSchema } from './schema/infer.ts';
export { SeenRows, tellingColumns } from './schema/leak.ts';
export { MISSING, missingTest, unlabelledTest } from './schema/missing.ts';
export {
  inWriting,
  type NumberWriting,
  numberWriting,
  writeNumber,
} from './schema/number-writing.ts';
export { type OtherWriting, otherWriting, TELLING_ROWS } from './schema/other-writing.ts';
export {
  type ColumnKind,
  type ColumnSchema,
  KINDS_IN_CHINESE,
  type TableSchema,
  tableSchema,
} from './schema/table-schema.ts';
export { countUnread, type UnreadCells, unreadWarnings } from './schema/unread-cells.ts';

// Row → text

export { describeRow } from './serialisers/describe-row.ts';
export {
  defineSerialiser,
  type Field,
  findSerialiser,
  type LayoutOptions,
  type Missing,
  type Serialiser,
  serialisers,
  type WriteRow,
} from './serialisers/index.ts';
export { type FillTemplate, parseTemplate } from './serialisers/template-file.ts';
export { openTextCache } from './serialisers/written/text-cache.ts';
export {
  findTextWriter,
  type TextPart,
  type TextWriter,
  textWriters,
} from './serialisers/written/text-writer.ts';
export {
  type WriteRowsOptions,
  type WrittenRows,
  type WrittenTexts,
  writeRows,
} from './serialisers/written/write-rows.ts';

// The paper's tables

export { presets } from './presets/index.ts';
export {
  type Preset,
  paperExact,
  paperPrompt,
  presetColumns,
  presetFields,
  presetWords,
} from './presets/preset.ts';

// Label words under a language model

export { CONTENT_FREE, contentFree, meanBias, removeBias } from './scoring/label-bias.ts';
export { type LabelScoreOptions, labelLogLikelihoods } from './scoring/label-log-likelihoods.ts';
export { type LabelPlan, planLabels } from './scoring/label-plan.ts';
export {
  type LabelPrompt,
  type LabelPromptOptions,
  labelPrompt,
  PROMPT_STYLES,
  type PromptStyle,
  promptText,
} from './scoring/label-prompt.ts';
export {
  CALIBRATIONS,
  type LabelScorer,
  type LabelScorerOptions,
  labelScorer,
  NORMALISATIONS,
} from './scoring/label-scorer.ts';
export { labelProbabilities, normaliseByLength } from './scoring/normalise.ts';
export {
  type ReasonScorer,
  type ReasonScorerOptions,
  reasonPrompt,
  reasonScorer,
  valueAsReason,
} from './scoring/reason-scorer.ts';
export { type TextStates, textStates } from './scoring/text-states.ts';

// Few-shot tuning

export { type ChoiceExample, choiceExample } from './tuning/choice-example.ts';
export { choiceLoss, type LossWeights, PAPER_LOSSES } from './tuning/choice-loss.ts';
export { type ClassWeights, weightsOfClasses } from './tuning/class-weights.ts';
export { drawShots, type ShotOptions } from './tuning/draw-shots.ts';
export {
  type RowRecipe,
  rowRecipe,
  type TableRecipe,
  tableOfRecipe,
} from './tuning/row-recipe.ts';
export { tableExamples } from './tuning/table-examples.ts';
export { type TuningEvent, type TuningOptions, tuneOnRows } from './tuning/tune-on-rows.ts';
export { type TunedScorer, type TunedScorerOptions, tunedScorer } from './tuning/tuned-scorer.ts';
export { type TuningConfig, tuningConfig } from './tuning/tuning-config.ts';
export { upperLayersOnly } from './tuning/upper-layers.ts';

// Tabular models

export { type BoostedTrees, predictBoostedTrees } from './baseline/boosted-trees.ts';
export { type EncodedColumn, type Encoder, encoderOf } from './baseline/encoder.ts';
export { type BoostedTreesOptions, fitBoostedTrees } from './baseline/fit-boosted-trees.ts';
export { fitEncoder } from './baseline/fit-encoder.ts';
export {
  fitMultiplicativeRegression,
  type MultiplicativeOptions,
  type ProductColumns,
  productColumns,
} from './baseline/fit-multiplicative-regression.ts';
export { fitRandomForest, type RandomForestOptions } from './baseline/fit-random-forest.ts';
export {
  fitRegressionForest,
  type RegressionForestOptions,
} from './baseline/fit-regression-forest.ts';
export { fitRidgeRegression } from './baseline/fit-ridge-regression.ts';
export {
  fitLogisticRegression,
  type LogisticRegression,
  type LogisticRegressionOptions,
  predictLogisticRegression,
} from './baseline/logistic-regression.ts';
export type { Matrix } from './baseline/matrix.ts';
export {
  type MultiplicativeRegression,
  predictMultiplicativeRegression,
} from './baseline/multiplicative-regression.ts';
export { predictRandomForest, type RandomForest } from './baseline/random-forest.ts';
export { predictRegressionForest, type RegressionForest } from './baseline/regression-forest.ts';
export { predictRidgeRegression, type RidgeRegression } from './baseline/ridge-regression.ts';
export type { TreeNodes } from './baseline/tree-nodes.ts';
export { fitTabular } from './classify/fit-tabular.ts';
export { predictTabular, type TabularModel } from './classify/tabular-model.ts';

// The classifier: fit, predict, evaluate, explain, save, load

export { askForLabel, type LabelQuestion } from './classify/ask-for-label.ts';
export {
  type Classes,
  classesOf,
  compareClasses,
  MOST_CLASSES,
  placeOfClass,
} from './classify/classes.ts';
export { checkPrior, classesFor } from './classify/classes-for.ts';
export type { ClassifierState, HeldRows, TableClassifier } from './classify/classifier.ts';
export {
  type AnsweredColumns,
  answeredColumns,
  askedBefore,
  type ColumnAnswer,
} from './classify/column-answers.ts';
export {
  type ColumnExpert,
  type ColumnExpertOptions,
  columnExpert,
} from './classify/column-expert.ts';
export {
  type AskedRows,
  type ColumnQuestion,
  canAskColumns,
  columnQuestions,
  type DescribeCells,
  MOST_CLASSES_ASKED,
} from './classify/column-questions.ts';
export { columnsRead, encodingOf, hasTextRead, textsToRead } from './classify/columns-read.ts';
export {
  evaluateRows,
  heldReport,
  type ReportOptions,
  type TableReport,
} from './classify/evaluate-rows.ts';
export { type ExpectationsOptions, fitExpectations } from './classify/expectations.ts';
export { type ExplainOptions, explainRows, type Reason } from './classify/explain.ts';
export { type FitOptions, fitClassifier } from './classify/fit-classifier.ts';
export type { AskedTable, FitTableOptions, ModelOptions } from './classify/fit-options.ts';
export { fitTable } from './classify/fit-table.ts';
export { costThreshold } from './classify/held-threshold.ts';
export {
  type Importance,
  type ImportanceOptions,
  permutationImportance,
  shufflingColumns,
} from './classify/importance.ts';
export { type InParts, type RestOptions, withRests } from './classify/in-parts.ts';
export {
  asSentence,
  type LabelWords,
  noteLabelWord,
  toldLabelWords,
} from './classify/label-words.ts';
export {
  type LanguageScorer,
  type LanguageScorerOptions,
  languageScorer,
} from './classify/language-scorer.ts';
export type { LanguageEvidence } from './classify/language-weight.ts';
export { type LearnOptions, learnTable } from './classify/learn.ts';
export { EXPECTED_UNTIL } from './classify/learn-classes.ts';
export { readQuantity } from './classify/learn-quantity.ts';
export type {
  LabelledRows,
  LearnedClassifier,
  LearnedRegressor,
  LearnedTable,
} from './classify/learned-table.ts';
export { loadModel } from './classify/load-model.ts';
export { type CardParts, isModelCard, modelCard } from './classify/model-card.ts';
export { MODEL_FILES, type Replaced, replacedBySaving } from './classify/model-folder.ts';
export type { ClassOpinion, Opinion, ValueOpinion } from './classify/opinions.ts';
export { DECIDED_FROM } from './classify/out-of-fold.ts';
export { predictRows } from './classify/predict-rows.ts';
export {
  type PredictedTable,
  type Prediction,
  type PredictOptions,
  predictTable,
} from './classify/predict-table.ts';
export {
  type FitRegressorOptions,
  fitRegressor,
  type Regressor,
} from './classify/regressor.ts';
export { roundedQuantity } from './classify/rounded-quantity.ts';
export { type SaveOptions, saveModel } from './classify/save-model.ts';
export {
  type UnknownLabel,
  type UnknownLabels,
  unknownLabels,
} from './classify/unknown-labels.ts';
export { evenDraw } from './csv/even-draw.ts';

// Calibration

export { applyIsotonic, fitIsotonic, type IsotonicSteps } from './calibration/isotonic.ts';
export { applyPlatt, fitPlatt, type PlattScaling } from './calibration/platt.ts';
export { correctPrior, estimatePrior } from './calibration/prior.ts';
export { applyTemperature, fitTemperature } from './calibration/temperature.ts';

// Figures

export { bootstrapInterval, type Interval } from './metrics/bootstrap.ts';
export { classWeightsOf, type ShareWeights } from './metrics/class-weights.ts';
export { type ClassFigures, type ConfusionFigures, confusion } from './metrics/confusion.ts';
export { NEVER_SAID } from './metrics/decided-classes.ts';
export {
  brierScore,
  expectedCalibrationError,
  logLoss,
  type ReliabilityBin,
  reliability,
} from './metrics/probability.ts';
export { areaUnderRoc, averagePrecision, macroOneVsRest } from './metrics/ranking.ts';
export {
  type RegressionFigureName,
  type RegressionReport,
  regressionReport,
} from './metrics/regression.ts';
export {
  type ClassificationReport,
  type ClassificationReportOptions,
  classificationReport,
  type FigureName,
} from './metrics/report.ts';
export { chooseThreshold, type Threshold, type ThresholdRule } from './metrics/threshold.ts';

// Methods side by side

export { type ComparedCell, type CompareOptions, compareMethods } from './evaluation/compare.ts';
export {
  findLabelledSets,
  type LabelledSet,
  readLabelledSet,
} from './evaluation/labelled-set.ts';
export {
  type LanguageMethodOptions,
  languageMethod,
  type TaskScorer,
} from './evaluation/language-method.ts';
export { type MacroMean, macroMeans, meansOfSets, type SetMean } from './evaluation/macro-means.ts';
export { PAPER_SEEDS, PAPER_SHOTS, type Split } from './evaluation/splits.ts';
export {
  type FewShotTask,
  type MethodResult,
  ownMethod,
  type TableMethod,
  tabularMethods,
} from './evaluation/table-method.ts';

// Errors

export { TabLlmError, type TabLlmErrorCode } from './errors.ts';
