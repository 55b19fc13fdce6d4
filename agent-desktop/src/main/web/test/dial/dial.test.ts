import { expect, test } from 'vitest';
import { givenNumber } from '../../src/dial/dial';

test('of a link of another page only what belongs into a number is taken', () => {
  expect(givenNumber('?dial=tel:%2B886%20912-345-678')).toBe('+886 912-345-678');
  expect(givenNumber('?dial=TEL:0912345678;ext=12')).toBe('0912345678');
  expect(givenNumber('?dial=javascript:alert(1)')).toBe('');
  expect(givenNumber('?dial=' + '1'.repeat(90))).toHaveLength(40);
  expect(givenNumber('')).toBe('');
});
