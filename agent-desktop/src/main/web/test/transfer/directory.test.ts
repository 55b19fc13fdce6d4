import { beforeEach, expect, test, vi } from 'vitest';
import { isNumber } from '../../src/shared/number';
import { lookup, lookupCustomers } from '../../src/transfer/directory';

const sent: string[] = [];
let answers: ((reply: object) => void)[] = [];

beforeEach(() => {
  sent.length = 0;
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    sent.push(
      (path === '/api/directory' ? '' : `${path} `) + (JSON.parse(body) as { text: string }).text,
    );
    return new Promise((done) =>
      answers.push((reply) => done({ json: () => Promise.resolve(reply) })),
    );
  });
});

const passes = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const only = (title: string) => ({
  colleagues: [],
  queues: [{ queue: 'q', title, waiting: 0, free: 0, staffed: 0, takers: [], others: 0 }],
  more: false,
});

test('all are there at once, and what is typed is looked up when nothing more is', async () => {
  const directory = lookup('c1');
  void directory.look();
  for (const typed of ['b', 'bi', 'bil']) {
    directory.type(typed);
    await passes(200);
  }
  expect(sent).toEqual(['']);
  await passes(50);
  expect(sent).toEqual(['', 'bil']);
});

test('an answer that others have overtaken is not shown', async () => {
  const directory = lookup('c1');
  void directory.look();
  directory.type('bil');
  await passes(250);
  answers[1]!(only('Billing'));
  await passes(0);
  answers[0]!(only('Sales'));
  await passes(0);
  expect(directory.found.value?.queues[0]?.title).toBe('Billing');
});

test('a character that is being composed is not looked up', async () => {
  const directory = lookup('c1');
  directory.type('ㄌ', true);
  await passes(1_000);
  expect(sent).toEqual([]);
});

test('a number is told from a name', () => {
  for (const typed of ['110', '0912 345-678', '+886 (2) 2300.0001']) {
    expect(isNumber(typed)).toBe(true);
  }
  for (const typed of ['', '12', '林', 'a110', '0912x', '１１０'])
    expect(isNumber(typed)).toBe(false);
});

test('customers are looked for when there is enough to look for, and nothing more is typed', async () => {
  const customers = lookupCustomers();
  for (const typed of ['c', 'ch', 'che']) {
    customers.type(typed);
    await passes(300);
  }
  expect(sent).toEqual([]);
  await passes(100);
  expect(sent).toEqual(['/api/directory/customers che']);
  customers.type('c');
  await passes(400);
  expect(sent).toHaveLength(1);
  expect(customers.found.value).toBeNull();
});
