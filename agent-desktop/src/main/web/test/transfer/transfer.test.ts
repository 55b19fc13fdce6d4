import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { Transfer } from '../../src/transfer/transfer';
import { press, serve, show } from '../shown';

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
