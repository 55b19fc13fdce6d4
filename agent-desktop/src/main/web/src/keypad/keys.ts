import { computed, signal } from '@preact/signals';
import { act } from '../contact/act';

export const KEYS = [...'123456789*0#'];

/** The server takes no more at once. */
const MOST = 32;

/**
 * Keys for the other side of a talk, in their order: those that are pressed while some are under way
 * follow together. They may be a PIN, so nothing keeps which they were.
 */
export function keying(contact: string) {
  const sent = signal(0);
  let next = '';
  let underWay = false;

  async function send(): Promise<void> {
    underWay = true;
    while (next !== '') {
      const digits = next.slice(0, MOST);
      next = next.slice(MOST);
      const reply = await act({ type: 'generateDigits', contact, digits });
      if (reply.ok) sent.value += digits.length;
      else next = '';
    }
    underWay = false;
  }

  return {
    /** How many were sent, as one sees what is typed for a password. */
    shown: computed(() => '•'.repeat(Math.min(sent.value, MOST))),
    /** Whether it is a key. */
    press(key: string): boolean {
      if (!KEYS.includes(key)) return false;
      next += key;
      if (!underWay) void send();
      return true;
    },
  };
}
