/** What `model.json` of a saved model holds; long lists lie beside it and are named here. */
import { translated } from '@quaestor/peft';
import * as z from 'zod';
import { CALENDAR_PARTS } from '../baseline/calendar.ts';
import { ROW_IDENTITIES } from '../schema/row-identity.ts';
import { numberFormat, tableSchema } from '../schema/table-schema.ts';
import { calibration } from './calibrate.ts';
import type { IntervalBand } from './intervals.ts';

export const MODEL_FORMAT = 'quaestor-table-model';
/**
 * What is written; 1 had no pairs and no relevance, 2 one width for all intervals of quantities, 3 intervals
 * that reach as far above as below, 4 remembered rows letter by letter, 5 kernels of which no column bends by
 * itself, 6 quantities that were the mean of a line and a forest, 7 no words of text, 8 no meanings of text, 9 no
 * products of powers, nothing that tells whether there is a number, and columns of one writing each, 10 no calendars
 * and no days between dates, 11 no ratios, 12 no differences.
 */
export const MODEL_VERSION = 13;
const EARLIER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

const finite = z.number();
const weight = z.object({ index: z.int().min(0), weight: finite });
const view = weight.extend({
  since: z.int().min(0).optional(),
  per: z.int().min(0).optional(),
  less: z.int().min(0).optional(),
});
const encodedColumn = z.discriminatedUnion('kind', [
  view.extend({
    kind: z.literal('scaled'),
    mean: finite,
    sd: z.number().positive(),
    limit: z.number().positive().nullable(),
  }),
  weight.extend({ kind: z.literal('one-hot'), values: z.array(z.string()) }),
  view.extend({ kind: z.literal('ranked'), values: z.array(finite), scores: z.array(finite) }),
  view.extend({ kind: z.literal('equals'), value: finite }),
  view.extend({ kind: z.literal('no-number') }),
  weight.extend({ kind: z.literal('calendar'), part: z.enum(CALENDAR_PARTS) }),
  weight.extend({
    kind: z.literal('ordered'),
    values: z.array(z.string()),
    scores: z.array(finite),
  }),
  weight.extend({
    kind: z.literal('text'),
    words: z.array(z.string()).min(1),
    idf: z.array(finite),
    shown: z.int().min(0),
    axes: z.array(finite),
    topics: z.int().min(0),
    meanings: z
      .object({
        model: z.string(),
        mean: z.array(finite).min(1),
        axes: z.array(finite),
        centre: z.array(finite).min(1),
      })
      .nullable()
      .default(null),
  }),
]);

/** Name of the lists of some trees. */
const trees = z.string().min(1);

/** Columns whose sums and differences trees look at. */
const pairs = z.array(z.tuple([z.int().min(0), z.int().min(0)])).default([]);

const kernel = z.object({
  norm: z.number().positive(),
  lists: z.string().min(1),
  /** Of versions 1 to 5 none bends. */
  bent: z.array(z.int().min(0)).default([]),
});

const ridge = z.object({ lambda: z.number().positive(), weights: z.array(finite) });

const member = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('logistic-regression'),
    classes: z.int().min(2),
    weights: z.array(finite),
  }),
  z.object({
    kind: z.literal('random-forest'),
    classes: z.int().min(2),
    pairs,
    nodes: trees,
  }),
  kernel.extend({
    kind: z.literal('kernel'),
    classes: z.int().min(2),
    functions: z.array(z.object({ label: z.int().min(0), share: z.number().min(0) })).min(1),
  }),
  z.object({
    kind: z.literal('boosted-trees'),
    classes: z.int().min(2),
    pairs,
    nodes: z.array(trees).min(1),
  }),
]);

const place = z.int().min(0);
const loggedAmount = z.object({
  column: place,
  origin: finite,
  unit: z.number().positive(),
  least: z.number().positive(),
  mean: finite,
  sd: z.number().positive(),
});

const quantityMember = z.discriminatedUnion('kind', [
  ridge.extend({ kind: z.literal('ridge-regression') }),
  kernel.extend({ kind: z.literal('kernel-regression') }),
  z.object({ kind: z.literal('regression-forest'), nodes: trees }),
  z.object({ kind: z.literal('boosted-regression'), nodes: trees }),
  ridge.extend({
    kind: z.literal('multiplicative-regression'),
    plain: z.array(place),
    amounts: z.array(loggedAmount),
    from: finite,
    to: finite,
    factor: finite,
    zero: finite,
  }),
]);

const share = z.number().positive().max(1);
const evidence = z.object({
  weight: finite,
  rows: z.int(),
  tabular: finite,
  language: finite,
  combined: finite,
});

const reach = z.number().min(0);
const band = z.object({ upTo: finite.nullable() });
const earlierBand = band.extend({ halfWidth: reach });

/** A band of an interval that reaches as far above as below. */
export function evenBand({ upTo, halfWidth }: z.output<typeof earlierBand>): IntervalBand {
  return { upTo, below: halfWidth, above: halfWidth };
}

const common = z.object({
  format: z.literal(MODEL_FORMAT),
  version: z.literal([...EARLIER, MODEL_VERSION]),
  date: z.string(),
  target: z.string(),
  labelled: z.int().min(0),
  seed: z.int(),
  /** Models were once saved with their English alone. */
  warnings: z.array(z.union([translated, z.string().transform((en) => ({ en, zh: en }))])),
  schema: tableSchema,
  encoding: z.array(encodedColumn),
  /** Labels of the rows that are remembered, by place in the lists beside. */
  seenLabels: z.array(z.string()),
  /** Labelled rows that are copies of others. */
  copies: z.int().min(0).default(0),
  /** What makes a row the same as one of them. */
  seenBy: z.enum(ROW_IDENTITIES).default('written'),
});

export const modelFile = z.discriminatedUnion('kind', [
  common.extend({
    kind: z.literal('classifier'),
    classes: z.array(z.string()).min(2).max(50),
    counts: z.array(z.int().min(0)),
    members: z.array(z.object({ weight: z.number().min(0), model: member })),
    /** The line is one of logistic regression. */
    expectations: z
      .object({ weight: finite, line: z.array(finite) })
      .nullable()
      .default(null),
    language: z
      .object({ weight: z.number().positive(), bias: z.array(finite).nullable() })
      .nullable(),
    asked: z.record(z.string(), z.string()).nullable(),
    evidence: evidence.nullable(),
    calibration,
    priors: z.object({ trained: z.array(share), met: z.array(share) }).nullable(),
    threshold: z.number().min(0).max(1).nullable(),
  }),
  common.extend({
    kind: z.literal('regressor'),
    numbers: numberFormat,
    members: z
      .array(z.object({ weight: z.number().min(0), model: quantityMember }))
      .min(1)
      .optional(),
    /** In place of `members`, before version 7. */
    ridge: ridge.optional(),
    forest: trees.optional(),
    centre: finite,
    scale: z.number().positive(),
    sign: z.literal([1, -1]).nullable().default(null),
    intervals: z
      .array(
        z.union([band.extend({ below: reach, above: reach }), earlierBand.transform(evenBand)]),
      )
      .default([]),
    /** In place of `intervals`, before version 3. */
    halfWidth: reach.nullish(),
  }),
]);

export type ModelFile = z.output<typeof modelFile>;
export type StoredMember = z.output<typeof member>;
export type StoredQuantityMember = z.output<typeof quantityMember>;
export type StoredKernel = z.output<typeof kernel>;

/** What a quantity is the mean of: before version 7 a line and a forest. None: the file is corrupt. */
export function quantityMembers({
  members,
  ridge,
  forest,
}: Extract<ModelFile, { kind: 'regressor' }>): NonNullable<typeof members> {
  if (members || !ridge || forest === undefined) return members ?? [];
  return [
    { weight: 0.5, model: { kind: 'ridge-regression', ...ridge } },
    { weight: 0.5, model: { kind: 'regression-forest', nodes: forest } },
  ];
}
