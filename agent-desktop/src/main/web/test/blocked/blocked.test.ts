import { h } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BlockPage } from '../../src/generated/wire';
import { endOfDay } from '../../src/shared/format';
import { press, serve, show, submit, texts, type, type Asked } from '../shown';

beforeEach(() => vi.resetModules());

const NUMBER = '+886223000001';
const PAGE: BlockPage = {
  blocked: [{ number: NUMBER, reason: 'Shouts', since: 0, by: 'sam' }],
  ended: [
    { at: 0, agent: 'ann', number: '+886223000002', about: 'x'.repeat(300) },
    { at: 1, agent: 'ben', number: '', about: 'Threats' },
  ],
};

async function page(change: (asked: Asked) => { status?: number; body: unknown }) {
  const asked = serve((one) => (one.method === 'GET' ? { body: PAGE } : change(one)));
  const { Blocked } = await import('../../src/blocked/blocked');
  const root = await show(h(Blocked, {}));
  const field = (name: string) => root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  return { root, asked, field };
}

test('a number is blocked until the end of a day, and then the form is empty', async () => {
  const { root, asked, field } = await page(() => ({ body: {} }));
  await type(field('number'), '+886223000009');
  await type(field('reason'), 'Threats');
  await type(root.querySelector('[type=date]'), '2026-11-28');
  await submit(root.querySelector('form'));
  const sent = asked.find((one) => one.method === 'POST')!;
  expect(JSON.parse(sent.body)).toEqual({
    number: '+886223000009',
    reason: 'Threats',
    until: endOfDay('2026-11-28'),
  });
  expect([field('number').value, field('reason').value]).toEqual(['', '']);
  expect(asked.at(-1)!.method).toBe('GET');
});

test('a refusal is said, and what was typed stays', async () => {
  const { root, field } = await page(() => ({
    status: 422,
    body: { code: 'never-heard-of', message: 'Write a number.' },
  }));
  await type(field('number'), 'somebody');
  await submit(root.querySelector('form'));
  expect(texts(root, '.fault')).toEqual(['Write a number.']);
  expect(field('number').value).toBe('somebody');
});

test('a block is taken back by its number', async () => {
  const { root, asked } = await page(() => ({ body: {} }));
  await press(root.querySelector('td button'));
  expect(asked).toContainEqual({
    method: 'DELETE',
    path: '/api/blocked/' + encodeURIComponent(NUMBER),
    body: '',
  });
});

test('a call that was ended fills the form and blocks nobody; a hidden number is in none', async () => {
  const { root, asked, field } = await page(() => ({ body: {} }));
  const buttons = root.querySelectorAll('h2 + table button');
  expect(buttons).toHaveLength(1);
  await press(buttons[0]!);
  expect(field('number').value).toBe('+886223000002');
  expect(field('reason').value).toHaveLength(200);
  expect(asked.every((one) => one.method === 'GET')).toBe(true);
});
