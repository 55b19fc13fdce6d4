import { signal } from '@preact/signals';
import type { CustomersFound, Refused } from '../generated/wire';
import { refusal } from '../shared/words';

// Customers are looked for when somebody stops typing. What is typed stands in no address, and the
// page keeps it no longer than itself.

/** So long nothing is typed before it is looked for. */
const PAUSE = 400;

/** As the server says: one letter finds half of the customers, one ideograph is half of a name. */
const isEnough = (text: string) => [...text].length >= 2 || /\p{Ideographic}/u.test(text);

export type Finder = ReturnType<typeof finder>;

/** One search, which is typed on and on. */
export function finder() {
  const text = signal('');
  /** Null: nothing was looked for yet. */
  const found = signal<CustomersFound | null>(null);
  const fault = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let last = '';

  /** Looks for what is typed, at once; what was looked for already is not looked for again. */
  async function look(): Promise<void> {
    clearTimeout(timer);
    const wanted = text.peek().trim();
    if (wanted === last) return;
    const mine = ++asked;
    last = wanted;
    if (!isEnough(wanted)) {
      found.value = null;
      fault.value = '';
      return;
    }
    const reply = await ask(wanted);
    // Somebody has typed on meanwhile.
    if (mine !== asked) return;
    if ('customers' in reply) {
      found.value = reply;
      fault.value = '';
    } else {
      last = '';
      found.value = null;
      fault.value = refusal(reply);
    }
  }

  /** @param unfinished while a character is still being composed */
  function type(typed: string, unfinished = false): void {
    text.value = typed;
    clearTimeout(timer);
    if (!unfinished) timer = setTimeout(() => void look(), PAUSE);
  }

  /** Nobody looks any more. */
  function stop(): void {
    clearTimeout(timer);
    asked++;
  }

  return { text, found, fault, type, look, stop };
}

async function ask(text: string): Promise<CustomersFound | Refused> {
  try {
    const response = await fetch('/api/customers/search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return (await response.json()) as CustomersFound | Refused;
  } catch {
    return { code: 'link-lost', message: '' };
  }
}
