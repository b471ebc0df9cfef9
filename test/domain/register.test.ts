// What comes and goes by name.

import { expect, it } from 'vitest';
import { createRegister } from '../../src/domain/register.ts';

it('holds values by name, the last one under each, in the order in which names came', () => {
  const register = createRegister<{ readonly n: number }>();
  register.set('a', { n: 1 });
  register.set('b', { n: 2 });
  register.set('a', { n: 3 });
  expect(register.size).toBe(2);
  expect(register.get('a')).toEqual({ n: 3 });
  expect(register.values()).toEqual([{ n: 3 }, { n: 2 }]);
  expect(register.some(({ n }) => n === 2)).toBe(true);
  expect(register.delete('b')).toBe(true);
  expect(register.delete('b')).toBe(false);
  expect(register.has('b')).toBe(false);
  expect(register.get('b')).toBeUndefined();
  expect(register.some(({ n }) => n === 2)).toBe(false);
  register.clear();
  expect(register.size).toBe(0);
  expect(register.values()).toEqual([]);
});

it('takes names that every object knows', () => {
  const register = createRegister<object>();
  expect(register.get('constructor')).toBeUndefined();
  register.set('__proto__', { here: true });
  expect(register.get('__proto__')).toEqual({ here: true });
});
