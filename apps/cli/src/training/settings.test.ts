import { tuners } from '@quaestor/peft';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { readMethodSettings, readSettings } from './settings.ts';
import { tunerOf } from './training-flags.ts';

it('reads JSON where it is JSON, else text', () => {
  expect(
    readSettings([
      'r=16',
      'target_modules=all-linear',
      'rank_pattern={"q_proj":4}',
      'use_rslora=true',
    ]),
  ).toEqual({ r: 16, target_modules: 'all-linear', rank_pattern: { q_proj: 4 }, use_rslora: true });
});

it('keeps what stands after the first equals sign', () => {
  expect(readSettings(['target_modules=.*=x'])).toEqual({ target_modules: '.*=x' });
});

it('refuses a word without one', () => {
  expect(() => readSettings(['r16'])).toThrow('--set r16: expected FIELD=VALUE');
});

it('takes only fields that the method has', () => {
  const lora = tunerOf({ method: 'lora' });
  expect(readMethodSettings(['r=16'], lora)).toEqual({ r: 16 });
  expect(() => readMethodSettings(['rr=16', 'lora_alfa=3'], lora)).toThrow(
    'lora has no setting rr; did you mean r?\nlora has no setting lora_alfa; did you mean lora_alpha?',
  );
  expect(() => readMethodSettings(['quickness=9'], lora)).toThrow(
    /^lora has no setting quickness; it has inference_mode, r, lora_alpha, /,
  );
});

it('names unknown fields and wrong values in one', () => {
  const words = ['r=0', 'foo=1', 'lora_alpha=x', 'lora_dropout=0.1'];
  expect(() => readMethodSettings(words, tunerOf({ method: 'lora' }))).toThrow(
    /^lora has no setting foo; .*\nr: .+\nlora_alpha: .+$/,
  );
});

it('takes any field where the library does', () => {
  const open = { name: 'open', config: z.looseObject({ r: z.int() }) };
  expect(readMethodSettings(['r=4', 'rank=5'], open)).toEqual({ r: 4, rank: 5 });
});

it('reads names between commas as a list where the field takes one', () => {
  const words = ['target_modules=q_proj,v_proj', 'layers_to_transform=0,2'];
  expect(readMethodSettings(words, tunerOf({ method: 'lora' }))).toEqual({
    target_modules: ['q_proj', 'v_proj'],
    layers_to_transform: [0, 2],
  });
  expect(
    readMethodSettings(
      ['target_modules=q_proj', 'exclude_modules=.*\\.0\\..*', 'bias=all'],
      tunerOf({ method: 'lora' }),
    ),
  ).toEqual({ target_modules: ['q_proj'], exclude_modules: '.*\\.0\\..*', bias: 'all' });
  const text = ['prompt_tuning_init_text=SQL,please'];
  expect(readMethodSettings(text, tunerOf({ method: 'prompt-tuning' }))).toEqual({
    prompt_tuning_init_text: 'SQL,please',
  });
});

it.each(tuners().map((tuner) => [tuner.name, tuner] as const))(
  'knows the fields of %s',
  (_, tuner) => {
    expect(() => readMethodSettings(['peft_type=X'], tuner)).not.toThrow();
  },
);
