/** The public names of each package: they change only together with this snapshot. */
import * as finsql from '@quaestor/finsql';
import * as peft from '@quaestor/peft';
import * as testing from '@quaestor/peft/testing';
import * as tabllm from '@quaestor/tabllm';
import { expect, it } from 'vitest';

it.each(Object.entries({ finsql, peft, tabllm, testing }))('%s', (_, names) => {
  expect(Object.keys(names).sort()).toMatchSnapshot();
});
