import { expect, test } from 'vitest';
import { beginOfDay, duration, endOfDay, percent, span } from '../../src/shared/format';

test('a duration is minutes and seconds, and hours where there are any', () => {
  expect([0, 75_000, 3_700_000, -5].map(duration)).toEqual(['0:00', '1:15', '1:01:40', '0:00']);
});

test('a target has the largest unit that is whole', () => {
  const spans = [0, 20, 60, 90, 14_400].map((seconds) => span(seconds).replace('\u00a0', ' '));
  expect(spans).toEqual(['0 s', '20 s', '1 min', '90 s', '4 h']);
});

test('a share of nothing is none', () => {
  expect([null, 0, 0.845, 1].map(percent)).toEqual(['–', '0 %', '85 %', '100 %']);
});

test('a day ends when the next one begins, where the browser is', () => {
  expect(beginOfDay('2026-11-28')).toBe(new Date(2026, 10, 28).toISOString());
  expect(endOfDay('2026-11-30')).toBe(new Date(2026, 11, 1).toISOString());
  expect([beginOfDay(''), endOfDay('')]).toEqual(['', '']);
});
