import { h } from 'preact';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CustomerCard, FoundTalkLine } from '../../src/generated/wire';
import { inHand, openPage } from '../page';
import { press, serve, show, texts } from '../shown';

// Where a number stands, a click calls it.

/** Where one stands that no click calls: in which file, how it is written there, and why. */
const EXCEPTIONS = [
  ['transfer/transfer.tsx', '{number}', 'the caller is given there, by the buttons beside it'],
  ['blocked/blocked.tsx', '{number}', 'nobody calls by a slip whose calls are not taken'],
  [
    'blocked/blocked.tsx',
    "{call.number || say('hiddenNumber')}",
    'whoever was abusive is not called by a slip either',
  ],
  [
    'record/search.tsx',
    'customer.number',
    'it stands in the button that opens the record, where it is a link',
  ],
  ['dial/dialer.tsx', '{number}', 'it is the link itself'],
] as const;

const SOURCE = join(process.cwd(), 'src');

test('every number that is shown can be clicked, but for those of which is said why not', () => {
  const found = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) =>
      [
        ...readFileSync(join(SOURCE, file), 'utf8').matchAll(
          /(?<![=$(])\{[\w.?]*\b(?:number|from)\b(?: (?:\|\||\?\?) [^{}]*)?\}|(?<=, )\w+\.(?:number|from)(?=[,\]])/g,
        ),
      ].map(([text]) => `${file} ${text}`),
    );
  expect(new Set(found)).toEqual(new Set(EXCEPTIONS.map(([file, text]) => `${file} ${text}`)));
});

const CHEN: CustomerCard = {
  customer: {
    id: 7,
    account: '',
    name: 'Chen',
    organisation: '',
    tier: 'gold',
    language: '',
    balance: '',
  },
  numbers: ['+886912345678'],
  timeline: [
    {
      at: 0,
      kind: 'ticket',
      subject: '',
      queue: '',
      agent: '',
      seconds: 0,
      waited: 0,
      outcome: 'open',
      note: '',
      text: 'Ticket 1001: Torn, open',
      recordings: [],
      number: '+886223000001',
    },
    {
      at: 0,
      kind: 'order',
      subject: '',
      queue: '',
      agent: '',
      seconds: 0,
      waited: 0,
      outcome: '',
      note: '',
      text: 'Order #1',
      recordings: [],
      number: '',
    },
  ],
  lastAgent: '',
  openTickets: 0,
  nobody: false,
};

let page: Awaited<ReturnType<typeof openPage>>;

beforeEach(async () => {
  page = await openPage();
  vi.useRealTimers();
  page.begins();
});

/** What the server was asked to call. */
const called = () =>
  page
    .asked()
    .filter((one) => one.type === 'makeCall')
    .map((one) => `${one.number} for ${one.about || 'nobody'}`);

const clicks = async (root: Element, number: string) =>
  press(root.querySelector(`[data-dial="${number}"]`));

test('the numbers of a record and of its tickets call for the sake of the contact it is shown in', async () => {
  const { Customer } = await import('../../src/record/card');
  const root = await show(h(Customer, { card: CHEN, about: 'c1' }));
  await clicks(root, '+886912345678');
  expect(called()).toEqual(['+886912345678 for c1']);
  page.says({ type: 'reply', id: 1, ok: true });
  await clicks(root, '+886223000001');
  expect(called()).toEqual(['+886912345678 for c1', '+886223000001 for c1']);
  expect(texts(root, '.timeline [data-dial]')).toEqual(['+886223000001']);
});

test('a record that is looked up is of the contact in hand that is the same customer', async () => {
  const { Customer } = await import('../../src/record/card');
  const root = await show(h(Customer, { card: CHEN }));
  await clicks(root, '+886912345678');
  page.has(inHand('task-9', { call: false, state: 'working' }));
  const task = {
    contact: 'task-9',
    id: '9',
    kind: 'callback',
    state: 'working',
    queueTitle: 'Callbacks',
    customer: 7,
    name: 'Chen',
    number: '+886912345678',
    seconds: 0,
    created: 0,
    draft: { disposition: '', note: '' },
  };
  page.says({ type: 'delta', topics: { 'tasks:ann': { tasks: [task] } } });
  await new Promise((resolve) => setTimeout(resolve));
  await clicks(root, '+886223000001');
  expect(called()).toEqual(['+886912345678 for nobody', '+886223000001 for task-9']);
});

test('a recording has the number of whoever was recorded; a hidden one is none', async () => {
  const line: FoundTalkLine = {
    recording: 'r1',
    contact: 'c1',
    number: '+886223000001',
    agent: 'Ann',
    queue: 'Orders',
    began: 0,
    ended: 9_000,
  };
  serve(() => ({ body: { talks: [line, { ...line, recording: 'r2', number: '' }], more: false } }));
  const { Talks } = await import('../../src/talks/talks');
  const root = await show(h(Talks, {}));
  expect(texts(root, '[data-dial]')).toEqual(['+886223000001']);
  await clicks(root, '+886223000001');
  expect(called()).toEqual(['+886223000001 for c1']);
});
