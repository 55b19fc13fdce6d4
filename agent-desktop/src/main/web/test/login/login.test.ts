import { h } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import { serve, show, submit, texts, type } from '../shown';

beforeEach(() => vi.resetModules());

async function page(status: number, body: unknown) {
  const asked = serve(({ path }) =>
    path === '/api/hello' ? { body: { title: 'Formosa Books', hints: [] } } : { status, body },
  );
  const { Login } = await import('../../src/login/login');
  const root = await show(h(Login, {}));
  await type(root.querySelector('[name=name]'), 'ann');
  await type(root.querySelector('[name=password]'), 'päss wörd');
  await submit(root.querySelector('form'));
  return { root, asked };
}

test('name and password are sent as they were typed, and then it is asked who is here', async () => {
  const { root, asked } = await page(200, {});
  expect(JSON.parse(asked[0]!.body)).toEqual({ name: 'ann', password: 'päss wörd' });
  expect(asked.map((one) => one.path)).toEqual(['/api/login', '/api/hello']);
  expect(texts(root, '.fault')).toEqual(['']);
});

test('why not is said, and it can be tried again', async () => {
  const { root, asked } = await page(401, { code: 'wrong', message: 'Name or password is wrong.' });
  expect(texts(root, '.fault')[0]).not.toBe('');
  expect(root.querySelector<HTMLButtonElement>('button.primary')!.disabled).toBe(false);
  expect(asked.map((one) => one.path)).toEqual(['/api/login']);
});

test('a refusal without words in this language is said in the server’s', async () => {
  const { root } = await page(503, { code: 'never-heard-of', message: 'Come back later.' });
  expect(texts(root, '.fault')).toEqual(['Come back later.']);
});
