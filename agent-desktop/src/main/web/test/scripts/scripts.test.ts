import { h } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ScriptInfo } from '../../src/generated/wire';
import { press, serve, show, texts, type } from '../shown';

const info = (name: string, version: number): ScriptInfo => ({
  name,
  version,
  taken: 0,
  by: 'sam',
  steps: 3,
});

beforeEach(() => vi.resetModules());

/** The page, of a server whose `main/menu` is at its second version. */
async function page(put: { status?: number; body: unknown }) {
  const asked = serve(({ method, path }) => {
    if (method !== 'GET') return put;
    if (path === '/api/scripts') return { body: { scripts: [info('main/menu', 2)] } };
    if (path.endsWith('/versions'))
      return { body: { versions: [info('main/menu', 2), info('main/menu', 1)] } };
    return { body: 'start: greet\n' };
  });
  const { Scripts } = await import('../../src/scripts/scripts');
  return { root: await show(h(Scripts, {})), asked };
}

test('a name is part of an address, whatever is in it', async () => {
  const { root, asked } = await page({ body: {} });
  expect(asked.map((one) => one.path)).toContain('/api/scripts/main%2Fmenu/versions');
  expect(root.querySelector('img')!.getAttribute('src')).toMatch(
    /^\/api\/scripts\/main%2Fmenu\/picture\.svg\?2-/,
  );
});

test('a version that is not live can be had again', async () => {
  const { root, asked } = await page({ body: {} });
  expect(root.querySelectorAll('[data-do=restore]')).toHaveLength(1);
  await press(root.querySelector('[data-do=restore]'));
  expect(asked).toContainEqual({
    method: 'POST',
    path: '/api/scripts/main%2Fmenu/versions/1/restore',
    body: '',
  });
});

test('a script with a mistake is refused with its line, and what was typed stays', async () => {
  const faults = [{ file: 'main.yaml', line: 7, message: 'There is no step "x".' }];
  const { root, asked } = await page({ status: 422, body: { message: 'No.', faults } });
  await press(root.querySelector('[data-do=edit]'));
  await type(root.querySelector('textarea'), 'start: x\n');
  await press(root.querySelector('[data-do=take]'));
  expect(asked.at(-1)).toMatchObject({ method: 'PUT', body: 'start: x\n' });
  expect(texts(root, '.faults li')).toEqual(['main.yaml:7 There is no step "x".']);
  expect(root.querySelector('textarea')!.value).toBe('start: x\n');
});

test('one that is taken is drawn again', async () => {
  const { root } = await page({ body: info('main/menu', 3) });
  await press(root.querySelector('[data-do=edit]'));
  await press(root.querySelector('[data-do=take]'));
  expect(root.querySelector('textarea')).toBeNull();
  expect(root.querySelector('img')).not.toBeNull();
  expect(texts(root, '.faults li')).toEqual([]);
});
