import { signal } from '@preact/signals';
import { act } from '../contact/act';
import { noOtherCall } from '../contact/contacts';
import { hello } from '../socket/live';

// Numbers outside that the agent calls: their phone rings first.

/** Whether somebody can be called now: who is in a call calls nobody else. */
export const canDial = (): boolean => mayCall() && noOtherCall() === undefined;

/** What stands in the dialer. */
export const typed = signal('');

/** Whether this user calls from here: else a number is a link like any other. */
export const mayCall = (): boolean => hello.value?.user?.may.includes('serve') ?? false;

/** Calls a number, and shows the desk: there it is seen what becomes of it. */
export async function dial(number: string, about = ''): Promise<boolean> {
  showDesk();
  return (await act({ type: 'makeCall', number, about })).ok;
}

function showDesk(): void {
  if (location.pathname === '/desk') return;
  history.pushState(null, '', '/desk');
  dispatchEvent(new PopStateEvent('popstate'));
}

/** The number of a `tel:` link that another page has given to this one; nothing is called by it. */
export function givenNumber(search: string): string {
  const given = new URLSearchParams(search).get('dial') ?? '';
  const [number] = given.replace(/^tel:/i, '').split(';');
  return /^[+\d() .-]*$/.test(number ?? '') ? (number ?? '').slice(0, 40) : '';
}

/** Browsers do so for pages that came over TLS. */
export const canTakeTelLinks = 'registerProtocolHandler' in navigator;

/** Has the browser bring `tel:` links of other pages here. */
export function takeTelLinks(): void {
  navigator.registerProtocolHandler('tel', location.origin + '/desk?dial=%s');
}
