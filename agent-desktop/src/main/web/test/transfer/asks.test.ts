import { h } from 'preact';
import { expect, test } from 'vitest';
import type { AsksView } from '../../src/generated/wire';
import { Asks } from '../../src/transfer/asks';
import { show } from '../shown';

const asks: AsksView = {
  outside: false,
  holds: false,
  whom: 'Ben',
  progress: 'talking',
  since: 0,
  withCaller: false,
};

const ALL = ['alternate', 'conference', 'complete-consultation', 'cancel-consultation'];

/** What can be done; each is at its place, whether it can or not. */
async function offers(change: Partial<AsksView>, conference: boolean): Promise<string[]> {
  const view = { ...asks, ...change };
  const root = await show(h(Asks, { contact: '1', asks: view, conference, dead: false }));
  const buttons = [...root.querySelectorAll<HTMLElement>('[data-do]')];
  expect(buttons.map((one) => one.dataset.do)).toEqual(ALL);
  return buttons
    .filter((one) => one.getAttribute('aria-disabled') === 'false')
    .map((one) => one.dataset.do!);
}

test('all three are put together when somebody has answered, and no sooner', async () => {
  expect(await offers({ progress: 'ringing' }, false)).toEqual([
    'alternate',
    'complete-consultation',
    'cancel-consultation',
  ]);
  expect(await offers({}, false)).toEqual(ALL);
});

test('a conference is left or goes on without whoever was asked', async () => {
  expect(await offers({ withCaller: true }, true)).toEqual([
    'complete-consultation',
    'cancel-consultation',
  ]);
});
