import { expect, test } from 'vitest';
import { inHand, openPage } from '../page';

test('a command is told its answer', async () => {
  const page = await openPage();
  page.begins();
  const reply = page.live.ask({ type: 'goReady' });
  expect(page.asked()).toEqual([{ id: 1, type: 'goReady' }]);
  await page.replies(1, 'pbx-down');
  expect(await reply).toMatchObject({ ok: false, code: 'pbx-down' });
});

test('what is under way when the socket breaks is asked again under its number', async () => {
  const page = await openPage();
  page.begins();
  const reply = page.live.ask({ type: 'goReady' });
  page.breaks();
  expect(page.live.link.value).toBe('lost');
  expect(await page.live.ask({ type: 'goNotReady', reason: 'break' })).toMatchObject({
    ok: false,
    code: 'link-lost',
  });
  await page.passes(1_000);
  page.begins();
  expect(page.asked()).toEqual([{ id: 1, type: 'goReady' }]);
  await page.replies(1);
  expect(await reply).toMatchObject({ ok: true });
});

test('while the server restarts nothing new is asked for', async () => {
  const page = await openPage();
  page.begins();
  page.says({ type: 'stopping' });
  expect(await page.live.ask({ type: 'goReady' })).toMatchObject({ ok: false, code: 'stopping' });
  expect(page.asked()).toEqual([]);
});

test('a screen that was put away comes back when it is wanted, and not by itself', async () => {
  const page = await openPage();
  page.begins();
  page.breaks(4002);
  await page.passes(60_000);
  expect(page.live.link.value).toBe('put-away');
  expect(await page.live.ask({ type: 'goReady' })).toMatchObject({ ok: false });
  expect(page.sockets()).toBe(1);
  page.live.connect();
  page.begins();
  expect(page.live.link.value).toBe('open');
  expect(page.sockets()).toBe(2);
});

test('so much is under way at once, and no more', async () => {
  const page = await openPage();
  page.begins();
  for (let i = 0; i < 12; i++) void page.live.ask({ type: 'goReady' });
  expect(await page.live.ask({ type: 'goReady' })).toMatchObject({ ok: false, code: 'overloaded' });
  expect(page.asked()).toHaveLength(12);
});

test('a pop goes with its contact', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  page.says({ type: 'pop', contact: 'c1', pop: { contact: 'c1', draft: page.drafts.NOTHING } });
  expect(Object.keys(page.live.pops.value)).toEqual(['c1']);
  page.has();
  expect(page.live.pops.value).toEqual({});
});

test('what a server that has just started does not know yet stays', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  page.breaks();
  await page.passes(1_000);
  page.says({ type: 'hello', now: Date.now() });
  page.says({ type: 'delta', topics: { 'queue:orders': { id: 'orders' } } });
  expect(page.live.me.value?.contacts).toHaveLength(1);
});
