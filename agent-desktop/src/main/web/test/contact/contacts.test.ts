import { expect, test } from 'vitest';
import { inHand, openPage } from '../page';

test('a call comes before work, and what rings before what is wrapped up', async () => {
  const page = await openPage();
  page.begins(
    inHand('task-1', { call: false, state: 'working' }),
    inHand('c1', { state: 'wrap-up' }),
    inHand('c2', { state: 'ringing' }),
  );
  expect(page.contacts.inHand.value.map((one) => one.contact)).toEqual(['c2', 'c1', 'task-1']);
  expect(page.contacts.voice.value?.contact).toBe('c2');
});

test('one that is back while it is wrapped up is one', async () => {
  const page = await openPage();
  page.begins(inHand('c1', { state: 'wrap-up', until: 9 }), inHand('c1', { state: 'ringing' }));
  const [one, ...others] = page.contacts.inHand.value;
  expect(others).toEqual([]);
  expect(one?.view.state).toBe('ringing');
  expect(one?.wrapUp?.until).toBe(9);
});

test('a click within half a second of a change was meant for what was', async () => {
  const page = await openPage();
  page.begins(inHand('c1', { state: 'ringing' }));
  await page.passes(500);
  expect([...page.contacts.settling.value]).toEqual([]);
  page.has(inHand('c1', { state: 'talking' }));
  await page.passes(499);
  expect([...page.contacts.settling.value]).toEqual(['c1']);
  await page.passes(1);
  expect([...page.contacts.settling.value]).toEqual([]);
});

test('a call that comes is shown, whatever the agent has chosen', async () => {
  const page = await openPage();
  const task = inHand('task-1', { call: false, state: 'working' });
  page.begins(task);
  page.contacts.selected.value = 'task-1';
  page.has(task, inHand('c1', { state: 'offered' }));
  expect(page.contacts.shown.value?.contact).toBe('c1');
});

test('what becomes of a consultation is a change too', async () => {
  const page = await openPage();
  const asks = {
    outside: false,
    holds: false,
    whom: 'Ben',
    progress: 'ringing' as const,
    since: 0,
    withCaller: false,
  };
  page.begins(inHand('c1', { state: 'hold', asks }));
  await page.passes(500);
  page.has(inHand('c1', { state: 'hold', asks: { ...asks, progress: 'talking' } }));
  expect([...page.contacts.settling.value]).toEqual(['c1']);
  await page.passes(500);
  page.has(inHand('c1', { state: 'talking', asks: { ...asks, withCaller: true } }));
  expect([...page.contacts.settling.value]).toEqual(['c1']);
});
