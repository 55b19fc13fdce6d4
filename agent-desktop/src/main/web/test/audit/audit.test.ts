import { h } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import type { RefusedPage } from '../../src/generated/wire';
import { endOfDay } from '../../src/shared/format';
import { press, serve, show, submit, texts, type, type Asked } from '../shown';

beforeEach(() => vi.resetModules());

const NONE: RefusedPage = { turns: [], all: 0 };

const line = (who: string) => ({ at: 0, who, what: 'log-in', about: '' });

async function page(answer: (asked: Asked) => { status?: number; body: unknown }, refused = NONE) {
  const asked = serve((one) => (one.path === '/api/refused' ? { body: refused } : answer(one)));
  const { Audit } = await import('../../src/audit/audit');
  return { root: await show(h(Audit, {})), asked };
}

const searches = (asked: Asked[]) => asked.filter((one) => one.path.startsWith('/api/audit?'));

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

test('older ones are looked for as those above them were, whatever is typed meanwhile', async () => {
  const { root, asked } = await page(() => ({ body: { lines: [line('ann')], more: 'p1' } }));
  await type(root.querySelector('[name=who]'), 'ann');
  await submit(root.querySelector('form'));
  await type(root.querySelector('[name=who]'), 'ben');
  await press(root.querySelector('main > button'));
  expect([...searched(searches(asked).at(-1)!)]).toEqual([
    ['who', 'ann'],
    ['after', 'p1'],
  ]);
});

test('what is left empty is not searched for, and a last day is whole', async () => {
  const { root, asked } = await page(() => ({ body: { lines: [] } }));
  await type(root.querySelector('[name=who]'), 'a&b');
  await type(root.querySelectorAll('[type=date]')[1]!, '2026-11-28');
  await submit(root.querySelector('form'));
  expect([...searched(searches(asked).at(-1)!)]).toEqual([
    ['who', 'a&b'],
    ['until', endOfDay('2026-11-28')],
  ]);
  expect(root.querySelector('a[download]')!.getAttribute('href')).toBe(
    '/api/audit.csv?' + searched(searches(asked).at(-1)!).toString(),
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

test('what the database did not take stands above the lines, where it is seen', async () => {
  const turn = { ledger: 'l', turn: 7, at: 0, about: 'contact 1', why: 'too long' };
  const { root } = await page(() => ({ body: { lines: [line('ann')] } }), {
    turns: [turn],
    all: 1,
  });
  expect(texts(root, 'table:not([data-refused])')).toHaveLength(1);
  expect(texts(root, '[data-refused] td').slice(1)).toEqual(['7', 'contact 1', 'too long']);
  expect(root.querySelector('table')!.dataset.refused).toBe('1');
});
