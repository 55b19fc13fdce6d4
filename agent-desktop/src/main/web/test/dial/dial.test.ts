import { h } from 'preact';
import { expect, test, vi } from 'vitest';
import { givenNumber } from '../../src/dial/dial';
import { inHand, openPage } from '../page';
import { show, texts } from '../shown';

test('of a link of another page only what belongs into a number is taken', () => {
  expect(givenNumber('?dial=tel:%2B886%20912-345-678')).toBe('+886 912-345-678');
  expect(givenNumber('?dial=TEL:0912345678;ext=12')).toBe('0912345678');
  expect(givenNumber('?dial=javascript:alert(1)')).toBe('');
  expect(givenNumber('?dial=' + '1'.repeat(90))).toHaveLength(40);
  expect(givenNumber('')).toBe('');
});

test('that a call ends which the agent has made is said before, and not earlier', async () => {
  const page = await openPage();
  const { Dialing } = await import('../../src/dial/dialer');
  vi.useRealTimers();
  page.begins();
  const shown = async (warns?: number, ends?: number) => {
    const dials = { progress: 'reached', since: 0, warns, ends } as const;
    return show(h(Dialing, { contact: { contact: 'c1', view: inHand('c1', { dials }) } }));
  };
  const now = page.live.now.peek();
  expect(texts(await shown(now + 5_000, now + 65_000), '[data-ends]')).toEqual([]);
  expect(texts(await shown(), '[data-ends]')).toEqual([]);
  const root = await shown(now - 1_000, now + 59_500);
  expect(texts(root, '[data-ends] [role=alert]')).toEqual(['This call will be ended in']);
  expect(texts(root, '[data-ends] .timer')).toEqual(['0:59']);
});
