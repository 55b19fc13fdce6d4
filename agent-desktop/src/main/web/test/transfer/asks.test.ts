import { h } from 'preact';
import { expect, test } from 'vitest';
import type { AsksView } from '../../src/generated/wire';
import { Asks } from '../../src/transfer/asks';
import { show } from '../shown';

const asks: AsksView = { whom: 'Ben', progress: 'talking', since: 0, withCaller: false };

async function offers(change: Partial<AsksView>, conference: boolean): Promise<string[]> {
  const view = { ...asks, ...change };
  const root = await show(h(Asks, { contact: '1', asks: view, conference, dead: false }));
  return [...root.querySelectorAll<HTMLElement>('[data-do]')].map((one) => one.dataset.do!);
}

test('all three are put together when somebody has answered, and no sooner', async () => {
  expect(await offers({ progress: 'ringing' }, false)).toEqual([
    'alternate',
    'complete-consultation',
    'cancel-consultation',
  ]);
  expect(await offers({}, false)).toContain('conference');
});

test('a conference is left or goes on without whoever was asked', async () => {
  expect(await offers({ withCaller: true }, true)).toEqual([
    'complete-consultation',
    'cancel-consultation',
  ]);
});
