import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import type { ParkedCaller } from '../../src/generated/wire';
import { inHand, openPage } from '../page';

const CALLER: ParkedCaller = {
  contact: '7.1',
  customer: 'Alice',
  queue: 'orders',
  queueTitle: 'Orders',
  by: 'Ben',
  why: 'wants a refund',
  since: 0,
  until: 180_000,
};

afterEach(() => vi.useRealTimers());

/** The list, as an agent sees it who is told of these. */
async function list(callers: ParkedCaller[], more: number) {
  const page = await openPage();
  page.begins();
  const parked = (all: ParkedCaller[]) =>
    page.says({ type: 'delta', topics: { 'parked:ann': { callers: all, more } } });
  parked(callers);
  const { Parked } = await import('../../src/park/park');
  document.body.replaceChildren();
  const root = document.body.appendChild(document.createElement('div'));
  await act(() => render(h(Parked, {}), root));
  const click = () =>
    act(() => root.querySelector<HTMLElement>('[data-do=pick-up]')!.click() as undefined);
  return { page, root, parked, click };
}

test('who is parked is shown, and picked up by one click', async () => {
  const { page, root, click, parked } = await list([CALLER], 3);
  const text = root.textContent!;
  for (const said of ['Alice', 'Orders', 'Ben', 'wants a refund', '3']) {
    expect(text).toContain(said);
  }
  await click();
  expect(page.asked().at(-1)).toMatchObject({ type: 'pickUp', contact: '7.1' });
  await act(() => parked([]));
  expect(root.textContent).toBe('');
});

test('without the link, or a phone that could ring, nobody is picked up, and it is said', async () => {
  const { page, root, click } = await list([CALLER], 0);
  const button = root.querySelector('[data-do=pick-up]')!;
  for (const [topic, wrong, right, said] of [
    ['pbx', { connected: false }, { connected: true }, 'The telephone system is not connected.'],
    ['agent:ann', { phone: 'UNREACHABLE' }, { phone: 'AVAILABLE' }, 'Your phone cannot be rung'],
    ['agent:ann', { sitsAt: '' }, { sitsAt: 'PJSIP/1' }, 'You have no phone here'],
  ] as const) {
    await act(() => page.says({ type: 'delta', topics: { [topic]: wrong } }));
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.getAttribute('title')).toContain(said);
    await click();
    expect(page.asked()).toEqual([]);
    await act(() => page.says({ type: 'delta', topics: { [topic]: right } }));
    expect(button.getAttribute('aria-disabled')).toBe('false');
  }
});

test('who is in a call picks nobody up', async () => {
  const { page, root, click } = await list([CALLER], 0);
  await act(() => page.has(inHand('1.1')));
  expect(root.querySelector('[data-do=pick-up]')!.getAttribute('aria-disabled')).toBe('true');
  await click();
  expect(page.asked()).toEqual([]);
  await act(() => page.has(inHand('1.1', { state: 'wrap-up' })));
  await click();
  expect(page.asked().at(-1)).toMatchObject({ type: 'pickUp', contact: '7.1' });
});
