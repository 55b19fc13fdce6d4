import { h } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { Contact } from '../../src/contact/contacts';
import { draftOf } from '../../src/contact/drafts';
import { Note } from '../../src/contact/note';
import { show } from '../shown';

const contact = { contact: 'c1' } as Contact;
const key = (name: string) =>
  act(() => {
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
    document.activeElement!.dispatchEvent(event);
  });

test('dispositions are one stop for Tab, and arrows choose among them', async () => {
  const root = await show(h(Note, { contact, dispositions: ['order', 'invoice', 'other'] }));
  const radios = [...root.querySelectorAll<HTMLElement>('[role=radio]')];
  const stops = () => radios.map((one) => one.tabIndex);
  expect(stops()).toEqual([0, -1, -1]);
  radios[0]!.focus();
  await key('ArrowRight');
  expect(draftOf('c1').disposition).toBe('invoice');
  expect(document.activeElement).toBe(radios[1]);
  expect(stops()).toEqual([-1, 0, -1]);
  await key('ArrowUp');
  await key('ArrowLeft');
  expect(draftOf('c1').disposition).toBe('other');
  await key('Home');
  expect(draftOf('c1').disposition).toBe('order');
  expect(document.activeElement).toBe(radios[0]);
});
