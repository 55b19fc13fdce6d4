import { h } from 'preact';
import { expect, test } from 'vitest';
import type { CustomerCard, ScreenPop } from '../../src/generated/wire';
import { known } from '../../src/contact/contacts';
import { Pop } from '../../src/pop/pop';
import { press, show, texts } from '../shown';

const card = (id: number, name: string): CustomerCard => ({
  customer: {
    id,
    account: '',
    name,
    organisation: '',
    tier: 'standard',
    language: '',
    balance: '',
  },
  numbers: [],
  timeline: [],
  lastAgent: '',
  openTickets: 0,
  nobody: false,
});

const CHEN = card(1, 'Chen');
const LIN = card(2, 'Lin');

const pop = (change: Partial<ScreenPop>): ScreenPop => ({
  contact: 'c1',
  decided: 12_000,
  queue: 'orders',
  queueTitle: 'Orders',
  from: '+886223000001',
  callerName: '',
  entryPoint: 'Main line',
  waitingSince: 0,
  path: [],
  answers: {},
  matches: [],
  dispositions: [],
  draft: { disposition: '', note: '' },
  ...change,
});

test('who it is: the only match, or who was chosen of several', () => {
  expect(known(pop({ matches: [CHEN] }))).toBe(CHEN);
  expect(known(pop({ matches: [CHEN, LIN] }))).toBeUndefined();
  expect(known(pop({ matches: [CHEN, LIN], chosen: 2 }))).toBe(LIN);
  expect(known(pop({}))).toBeUndefined();
});

test('what the caller has answered is there to be read', async () => {
  const root = await show(
    h(Pop, {
      consulted: false,
      conference: false,
      made: false,
      pop: pop({ answers: { order: '4711', language: 'zh-Hant' } }),
    }),
  );
  expect(texts(root, '.answers dt')).toEqual(['order', 'language']);
  expect(texts(root, '.answers dd')).toEqual(['4711', 'zh-Hant']);
});

test('of several one is to be chosen, and nobody is shown as if they were it', async () => {
  const root = await show(
    h(Pop, {
      consulted: false,
      conference: false,
      made: false,
      pop: pop({ matches: [CHEN, LIN] }),
    }),
  );
  expect(texts(root, '[data-customer] b')).toEqual(['Chen', 'Lin']);
  expect(root.querySelector('.customer')).toBeNull();
});

test('of an unknown caller a name can be written down, and of a hidden one is said that it is', async () => {
  const root = await show(
    h(Pop, { consulted: false, conference: false, made: false, pop: pop({ from: '' }) }),
  );
  expect(root.querySelector('[data-do=new-customer]')).not.toBeNull();
  expect(texts(root, '.about span')[0]).toBe('Number hidden → Main line');
});

test('who is known can turn out to be somebody else', async () => {
  const root = await show(
    h(Pop, {
      consulted: false,
      conference: false,
      made: false,
      pop: pop({ matches: [CHEN, LIN], chosen: 1 }),
    }),
  );
  expect(texts(root, '.customer h2')).toEqual(['Chen']);
  expect(root.querySelector('[data-customer]')).toBeNull();
  await press(root.querySelector('[data-do=somebody-else]'));
  expect(texts(root, '[data-customer] b')).toEqual(['Lin']);
  expect(root.querySelector('[data-do=new-customer]')).not.toBeNull();
});

test('who gave the caller, who asks about them, and with whom they are in a conference', async () => {
  let draft = { disposition: '', note: '' };
  const said = async (consulted: boolean, conference: boolean) => {
    const handed = pop({ handedOver: { by: 'Ann', why: '', draft } });
    const root = await show(h(Pop, { pop: handed, consulted, conference, made: false }));
    return texts(root, '.handed-over')[0];
  };
  expect(await said(false, false)).toBe('Handed over by Ann');
  expect(await said(true, false)).toBe('You are asked by Ann');
  expect(await said(true, true)).toBe('In a conference with the caller and Ann');
  expect(await said(false, true)).toBe('Handed over by Ann');
  draft = { disposition: '', note: 'asked the warehouse' };
  expect(await said(false, false)).toContain('asked the warehouse');
});
