// What comes and goes by name.

import { expect, it } from 'vitest';
import { createRegister } from '../../src/domain/register.ts';

it('holds values by name, the last one under each, until they are deleted', () => {
  const register = createRegister<{ readonly n: number }>();
  register.set('a', { n: 1 });
  register.set('b', { n: 2 });
  register.set('a', { n: 3 });
  expect(register.get('a')).toEqual({ n: 3 });
  expect(register.get('b')).toEqual({ n: 2 });
  expect(register.delete('b')).toBe(true);
  expect(register.delete('b')).toBe(false);
  expect(register.get('b')).toBeUndefined();
  register.clear();
  expect(register.get('a')).toBeUndefined();
  expect(register.delete('a')).toBe(false);
});

it('takes names that every object knows', () => {
  const register = createRegister<object>();
  expect(register.get('constructor')).toBeUndefined();
  register.set('__proto__', { here: true });
  expect(register.get('__proto__')).toEqual({ here: true });
});
