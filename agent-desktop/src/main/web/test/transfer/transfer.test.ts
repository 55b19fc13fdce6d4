import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { Transfer } from '../../src/transfer/transfer';
import { hello } from '../../src/socket/live';
import { press, serve, show, texts, type } from '../shown';

const form = (can: boolean) => h(Transfer, { contact: '1', can, cannot: undefined, canAsk: true });

test('what is typed goes where it is typed, whatever is shown anew meanwhile', async () => {
  serve(() => ({ body: { colleagues: [], queues: [], more: false } }));
  const root = await show(form(true));
  await press(root.querySelector('[data-do=transfer]'));
  const field = (name: string) => root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  expect(document.activeElement).toBe(field('transfer-to'));
  field('transfer-why').focus();
  await act(() => render(form(false), root));
  expect(document.activeElement).toBe(field('transfer-why'));
});

test('a customer is reached at their numbers, and of one that is not dialed is said why', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  hello.value = {
    title: '',
    hints: [],
    user: { name: 'ann', title: 'Ann', may: ['serve', 'see-customers'], phone: false },
  };
  const numbers = [{ number: '+886912345678' }, { number: '+886204', notDialed: 'costly' }];
  const chen = { id: 7, name: 'Chen Mei', organisation: 'Tea', tier: 'gold', numbers };
  const asked = serve(({ path }) => ({
    body:
      path === '/api/directory'
        ? { colleagues: [], queues: [], more: false }
        : { customers: [chen], more: false },
  }));
  const root = await show(form(true));
  await press(root.querySelector('[data-do=transfer]'));
  await type(root.querySelector('[name=transfer-to]'), 'chen');
  await act(async () => {
    await vi.advanceTimersByTimeAsync(500);
  });
  expect(asked.at(-1)).toMatchObject({ path: '/api/directory/customers', body: '{"text":"chen"}' });
  expect(asked.some(({ body }) => body === '{"contact":"1","text":"chen"}')).toBe(true);
  expect(texts(root, '[data-customer] b')).toEqual(['Chen Mei gold', 'Chen Mei gold']);
  const costly = root.querySelector('[data-customer-number="+886204"]')!;
  expect(costly.textContent).toContain('costs more than a call');
  const gives = [...root.querySelectorAll<HTMLButtonElement>('[data-customer] [data-do=give]')];
  expect(gives.map((one) => one.disabled)).toEqual([false, true]);
  vi.useRealTimers();
});
