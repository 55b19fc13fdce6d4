import { h } from 'preact';
import { expect, test } from 'vitest';
import type { Contact } from '../../src/contact/contacts';
import type { TaskView } from '../../src/generated/wire';
import { Task } from '../../src/tasks/tasks';
import { show, texts } from '../shown';

const task = (change: Partial<TaskView>): TaskView => ({
  contact: 'c1',
  id: 't/1',
  kind: 'voicemail',
  state: 'offered',
  queueTitle: 'Orders',
  name: 'Chen',
  number: '+886223000001',
  seconds: 12,
  created: 0,
  draft: { disposition: '', note: '' },
  ...change,
});

const shown = (change: Partial<TaskView>) =>
  show(h(Task, { contact: { contact: 'c1' } as Contact, task: task(change) }));

/** What can be done; each is at its place, whether it can or not. */
function can(root: Element): string[] {
  const buttons = [...root.querySelectorAll<HTMLElement>('[data-do]')];
  expect(buttons.map((one) => one.dataset.do)).toEqual([
    'accept-task',
    'decline-task',
    'close-task',
  ]);
  return buttons
    .filter((one) => one.getAttribute('aria-disabled') === 'false')
    .map((one) => one.dataset.do!);
}

test('a task that is offered can be taken or given back, and is not heard yet', async () => {
  const root = await shown({});
  expect(can(root)).toEqual(['accept-task', 'decline-task']);
  expect(root.querySelector('audio')).toBeNull();
});

test('a message is heard while somebody works on it, by its id', async () => {
  const root = await shown({ state: 'working' });
  expect(root.querySelector('audio')!.getAttribute('src')).toBe('/api/tasks/t%2F1/recording');
  expect(can(root)).toEqual(['close-task']);
});

test('a callback has nothing to hear', async () => {
  const root = await shown({ state: 'working', kind: 'callback', seconds: 0 });
  expect(root.querySelector('audio')).toBeNull();
});

test('a number stands beside a name, and in its place where there is none', async () => {
  expect(texts(await shown({}), 'a')).toEqual(['+886223000001']);
  const nameless = await shown({ name: '' });
  expect(texts(nameless, 'p a')).toEqual(['+886223000001']);
  expect(texts(nameless, 'p b')).toEqual([]);
});
