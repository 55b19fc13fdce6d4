import { h } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import { endOfDay } from '../../src/shared/format';
import { press, serve, show, submit, texts, type, type Asked } from '../shown';

beforeEach(() => vi.resetModules());

const line = (who: string) => ({ at: 0, who, what: 'log-in', about: '' });

async function page(answer: (asked: Asked) => { status?: number; body: unknown }) {
  const asked = serve((one) =>
    one.path === '/api/refused' ? { body: { turns: [], all: 0 } } : answer(one),
  );
  const { Audit } = await import('../../src/audit/audit');
  return { root: await show(h(Audit, {})), asked };
}

const searched = (asked: Asked) => new URL(asked.path, 'http://x').searchParams;

test('older ones stand below those that are there', async () => {
  const { root } = await page((asked) =>
    searched(asked).get('after') === 'p1'
      ? { body: { lines: [line('ben')] } }
      : { body: { lines: [line('ann')], more: 'p1' } },
  );
  expect(texts(root, 'td:nth-child(2)')).toEqual(['ann']);
  await press(root.querySelector('main > button'));
  expect(texts(root, 'td:nth-child(2)')).toEqual(['ann', 'ben']);
  expect(root.querySelector('main > button')).toBeNull();
});

test('what is left empty is not searched for, and a last day is whole', async () => {
  const { root, asked } = await page(() => ({ body: { lines: [] } }));
  await type(root.querySelector('[name=who]'), 'a&b');
  await type(root.querySelectorAll('[type=date]')[1]!, '2026-11-28');
  await submit(root.querySelector('form'));
  expect([...searched(asked.at(-1)!)]).toEqual([
    ['who', 'a&b'],
    ['until', endOfDay('2026-11-28')],
  ]);
  expect(root.querySelector('a[download]')!.getAttribute('href')).toBe(
    '/api/audit.csv?' + searched(asked.at(-1)!).toString(),
  );
});

test('a refusal is said, and what was found before stays', async () => {
  let refused = false;
  const { root } = await page(() =>
    refused
      ? { status: 503, body: { code: 'never-heard-of', message: 'Not now.' } }
      : { body: { lines: [line('ann')] } },
  );
  refused = true;
  await submit(root.querySelector('form'));
  expect(texts(root, '.fault')).toEqual(['Not now.']);
  expect(texts(root, 'td:nth-child(2)')).toEqual(['ann']);
});
