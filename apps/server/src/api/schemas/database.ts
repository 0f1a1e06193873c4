import * as z from 'zod';
import { component } from '../component.ts';
import { descriptionSchema } from './description.ts';

export const databaseSummary = component(
  'DatabaseSummary',
  z.object({
    name: z.string(),
    bytes: z.int().min(0),
    tables: z.int().nullable(),
    rows: z.int().nullable(),
    uploaded: z.boolean().describe('it lies in the server’s own folder and can be removed'),
    problem: z.string().nullable().describe('why it cannot be asked'),
  }),
);

const column = component(
  'Column',
  z.looseObject({
    name: z.string(),
    type: z.string(),
    kind: z.string(),
    comment: z.string().describe('what it means: its description, else the comment of the file'),
    primaryKey: z.boolean(),
    samples: z.array(z.string()).readonly(),
  }),
);

const foreignKey = z.object({ column: z.string(), table: z.string(), target: z.string() });

const table = component(
  'Table',
  z.looseObject({
    name: z.string(),
    comment: z.string().describe('what it means: its description, else the comment of the file'),
    rowCount: z.int().optional().describe('absent for views'),
    columns: z.array(column).readonly(),
    foreignKeys: z.array(foreignKey).readonly(),
  }),
);

export const databaseDetail = component(
  'Database',
  z.looseObject({
    name: z.string(),
    tables: z.array(table).readonly(),
    descriptions: z
      .array(descriptionSchema)
      .readonly()
      .describe('what people said that tables and columns mean'),
    examples: z.array(z.string()).readonly().describe('questions to start with'),
    profiled: z
      .boolean()
      .nullable()
      .describe('whether its profile is there; null for keys that may not see it'),
  }),
);
