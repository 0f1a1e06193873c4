/** The nine tables of the paper. */
import { bank } from './bank.ts';
import { blood } from './blood.ts';
import { calhousing } from './calhousing.ts';
import { car } from './car.ts';
import { creditg } from './creditg.ts';
import { diabetes } from './diabetes.ts';
import { heart } from './heart.ts';
import { income } from './income.ts';
import { jungle } from './jungle.ts';
import type { Preset } from './preset.ts';

/** By name. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  [bank, blood, calhousing, car, creditg, diabetes, heart, income, jungle].map((preset) => [
    preset.name,
    preset,
  ]),
);
