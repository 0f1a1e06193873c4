/** The public names of each package: they change only together with this snapshot. */
import * as finsql from '@quaestor/finsql';
import * as peft from '@quaestor/peft';
import * as testing from '@quaestor/peft/testing';
import { expect, it } from 'vitest';

it.each(Object.entries({ finsql, peft, testing }))('%s', (_, names) => {
  expect(Object.keys(names).sort()).toMatchSnapshot();
});
