import { beforeEach, expect, test, vi } from 'vitest';
import { finder } from '../../src/record/finder';

const sent: string[] = [];
let answers: ((reply: object) => void)[] = [];

beforeEach(() => {
  sent.length = 0;
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    expect(path).toBe('/api/customers/search');
    sent.push((JSON.parse(body) as { text: string }).text);
    return new Promise((done) =>
      answers.push((reply) => done({ json: () => Promise.resolve(reply) })),
    );
  });
});

const passes = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const found = (name: string) => ({
  customers: [{ id: 1, name, organisation: '', account: '', tier: '', number: '' }],
  more: false,
});

test('what is typed is looked for once, when nothing more is typed', async () => {
  const search = finder();
  for (const typed of ['ch', 'che', 'chen']) {
    search.type(typed);
    await passes(300);
  }
  expect(sent).toEqual([]);
  await passes(100);
  expect(sent).toEqual(['chen']);
  await search.look();
  search.type('chen ');
  await passes(400);
  expect(sent).toEqual(['chen']);
});

test('Enter looks at once, and two letters or one ideograph are enough', async () => {
  const search = finder();
  for (const typed of ['c', ' 7 ', '林', 'ch', '07']) {
    search.type(typed);
    void search.look();
  }
  await passes(1_000);
  expect(sent).toEqual(['林', 'ch', '07']);
});

test('a character that is still being composed is not looked for', async () => {
  const search = finder();
  search.type('ㄌㄧ', true);
  await passes(1_000);
  search.type('林');
  await passes(400);
  expect(sent).toEqual(['林']);
});

test('an answer that comes late does not take the place of a later one', async () => {
  const search = finder();
  search.type('first');
  void search.look();
  search.type('second');
  void search.look();
  answers[1]!(found('Second'));
  await passes(0);
  answers[0]!(found('First'));
  await passes(0);
  expect(search.found.value?.customers.map(({ name }) => name)).toEqual(['Second']);
  search.type('s');
  await passes(400);
  expect(search.found.value).toBeNull();
});

test('what was refused can be looked for again', async () => {
  const search = finder();
  search.type('chen');
  void search.look();
  answers[0]!({ code: 'no-answer', message: 'The database does not answer.' });
  await passes(0);
  expect(search.fault.value).not.toBe('');
  void search.look();
  answers[1]!(found('Chen Mei'));
  await passes(0);
  expect(search.fault.value).toBe('');
  expect(sent).toEqual(['chen', 'chen']);
});
