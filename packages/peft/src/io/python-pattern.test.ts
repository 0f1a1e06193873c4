import { expect, it } from 'vitest';
import { compiles } from './adapter-checks.ts';
import { javaScriptPattern } from './python-pattern.ts';

it.each([
  [String.raw`.*\.(?P<x>q|o)_proj`, 'model.q_proj', 'model.v_proj'],
  [String.raw`\A.*\.q_proj\Z`, 'model.q_proj', 'model.q_projZ'],
  [String.raw`(?P<x>a|b)\.(?P=x)`, 'a.a', 'a.b'],
  [String.raw`layers\.\d{,2}`, 'layers.12', 'layers.123'],
])('reads %s', (pattern, fits, other) => {
  const whole = new RegExp(`^(?:${javaScriptPattern(pattern)})$`);
  expect(whole.test(fits)).toBe(true);
  expect(whole.test(other)).toBe(false);
});

it('leaves what is escaped, and what JavaScript lacks', () => {
  expect(javaScriptPattern(String.raw`\(\?P<x>\\Z`)).toBe(String.raw`\(\?P<x>\\Z`);
  expect(compiles('(?i).*q_proj')).toBe(false);
  expect(compiles('(?>q|o)_proj')).toBe(false);
});
