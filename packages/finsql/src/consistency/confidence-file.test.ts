import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfidence, writeConfidence } from './confidence-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-confidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('confidence figures of an adapter', () => {
  it('come back as they were stored, and are none where none were', () => {
    expect(readConfidence(folder)).toEqual({});
    const single = {
      coefficients: { intercept: -1, sureness: 2, agreement: 0, repaired: -0.5 },
      questions: 478,
    };
    writeConfidence(folder, { single });
    expect(readConfidence(folder)).toEqual({ single });
  });

  it.each([
    ['not JSON', '{'],
    ['a number that is text', '{"single":{"coefficients":{"intercept":"1"},"questions":3}}'],
  ])('are refused when the file holds %s', (_, content) => {
    writeFileSync(join(folder, 'confidence.json'), content);
    expect(() => readConfidence(folder)).toThrow(
      /confidence\.json does not hold confidence figures/,
    );
  });
});
