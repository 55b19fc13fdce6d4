import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inHand, openPage } from '../page';

let page: Awaited<ReturnType<typeof openPage>>;

beforeEach(async () => {
  page = await openPage();
  page.begins(inHand('17.1'));
});
afterEach(() => vi.useRealTimers());

const asked = () =>
  page.asked().flatMap((one) => (one.type === 'generateDigits' ? [one.digits] : []));

async function pad() {
  const { keying } = await import('../../src/keypad/keys');
  return keying('17.1');
}

test('keys go in their order, and those pressed meanwhile go together', async () => {
  const keys = await pad();
  for (const key of '4711#') expect(keys.press(key)).toBe(true);
  expect(asked()).toEqual(['4']);
  await page.replies(page.asked().at(-1)!.id);
  expect(asked()).toEqual(['4', '711#']);
  expect(keys.shown.value).toBe('•');
  await page.replies(page.asked().at(-1)!.id);
  expect(keys.shown.value).toBe('•••••');
});

test('what is no key is not sent', async () => {
  const keys = await pad();
  for (const key of ['a', 'Enter', '+', '10', '']) expect(keys.press(key)).toBe(false);
  expect(asked()).toEqual([]);
});

test('no more are sent at once than the server takes', async () => {
  const keys = await pad();
  for (let i = 0; i < 40; i++) keys.press('1');
  await page.replies(page.asked().at(-1)!.id);
  expect(asked().map((one) => one.length)).toEqual([1, 32]);
  await page.replies(page.asked().at(-1)!.id);
  expect(asked().map((one) => one.length)).toEqual([1, 32, 7]);
});

test('what follows a refusal is not sent', async () => {
  const keys = await pad();
  keys.press('1');
  keys.press('2');
  await page.replies(page.asked().at(-1)!.id, 'on-hold');
  expect(asked()).toEqual(['1']);
  keys.press('3');
  expect(asked()).toEqual(['1', '3']);
});

test('a page that ends hands over no keys', async () => {
  const keys = await pad();
  keys.press('7');
  const { leave } = await import('../../src/socket/live');
  leave();
  expect(sessionStorage.getItem('switchroom-screen')).not.toContain('generateDigits');
});
