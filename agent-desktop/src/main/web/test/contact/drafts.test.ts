import { expect, test } from 'vitest';
import { inHand, openPage } from '../page';

const note = (text: string) => ({ contact: 'c1', disposition: '', note: text });

test('what is typed is sent half a second after the last key', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  page.drafts.type('c1', { note: 'a' });
  await page.passes(400);
  page.drafts.type('c1', { note: 'ab' });
  await page.passes(499);
  expect(page.asked()).toEqual([]);
  await page.passes(1);
  expect(page.asked()).toEqual([{ id: 1, type: 'keepDraft', ...note('ab') }]);
  expect(page.drafts.isKept('c1')).toBe(false);
  await page.replies(1);
  expect(page.drafts.isKept('c1')).toBe(true);
});

test('and two seconds after the first, whoever types on', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  for (let i = 0; i < 5; i++) {
    page.drafts.type('c1', { note: 'x'.repeat(i + 1) });
    await page.passes(400);
  }
  expect(page.asked()).toHaveLength(1);
});

test('a server that has no room is told again', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  page.drafts.type('c1', { note: 'a' });
  await page.passes(500);
  await page.replies(1, 'overloaded');
  await page.passes(2_000);
  expect(page.asked().map((one) => one.type === 'keepDraft' && one.note)).toEqual(['a', 'a']);
});

test('what is typed when its contact is over is not lost', async () => {
  const page = await openPage();
  page.begins(inHand('c1', { state: 'wrap-up' }));
  page.drafts.type('c1', { note: 'call back on Monday' });
  await page.passes(500);
  await page.replies(1, 'no-call');
  expect(page.drafts.tooLate.value).toEqual(['call back on Monday']);
  expect(page.drafts.draftOf('c1').note).toBe('');
});

test('what is typed while the socket is down comes when it is back', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  page.breaks();
  page.drafts.type('c1', { note: 'a' });
  await page.passes(1_000);
  page.begins(inHand('c1'));
  await page.passes(0);
  expect(page.asked()).toEqual([{ id: 1, type: 'keepDraft', ...note('a') }]);
});

test('a reload loses no key', async () => {
  const first = await openPage();
  first.begins(inHand('c1'));
  first.drafts.type('c1', { note: 'not sent yet' });
  const second = await openPage();
  second.drafts.restore();
  second.begins(inHand('c1'));
  await second.passes(0);
  expect(second.asked()).toMatchObject([note('not sent yet')]);
});

test('what another screen has typed is taken where nothing newer is typed here', async () => {
  const page = await openPage();
  page.begins(inHand('c1'));
  const pop = (text: string) => ({ contact: 'c1', draft: { disposition: '', note: text } });
  page.says({ type: 'pop', contact: 'c1', pop: pop('from there') });
  expect(page.drafts.draftOf('c1').note).toBe('from there');
  page.drafts.type('c1', { note: 'from here' });
  page.says({ type: 'pop', contact: 'c1', pop: pop('from there, later') });
  expect(page.drafts.draftOf('c1').note).toBe('from here');
});

test('who goes ready ends the wrap-up with what is typed, once', async () => {
  const page = await openPage();
  page.begins(inHand('c1', { state: 'wrap-up' }));
  page.drafts.type('c1', { note: 'done' });
  const ready = page.acts.goReady();
  await page.passes(600);
  expect(page.asked()).toEqual([{ id: 1, type: 'completeWrapUp', ...note('done') }]);
  await page.replies(1);
  await page.passes(0);
  expect(page.asked().at(-1)).toMatchObject({ type: 'goReady' });
  await page.replies(2);
  await ready;
  expect(page.drafts.draftOf('c1').note).toBe('');
});
