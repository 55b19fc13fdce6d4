import { signal } from '@preact/signals';
import type { Refused } from '../generated/wire';
import { refusal } from './words';

// What is typed is looked up when somebody stops typing. It stands in no address, and the page keeps
// it no longer than itself.

export type TypedSearch<Found extends object> = ReturnType<typeof typedSearch<Found>>;

/**
 * One search, which is typed on and on.
 *
 * @param path where what is typed is sent to
 * @param pause for so long, in milliseconds, nothing is typed before it is looked up
 * @param isEnough whether a text is looked up; one that is not finds nothing
 * @param along is sent with each
 */
export function typedSearch<Found extends object>(
  path: string,
  pause: number,
  isEnough: (text: string) => boolean,
  along: Record<string, string> = {},
) {
  const text = signal('');
  /** Null: nothing was looked up yet. */
  const found = signal<Found | null>(null);
  const fault = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  /** Null: it is to be looked up again. */
  let last: string | null = null;

  /** Looks up what is typed, at once; what was looked up already is not looked up again. */
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
    const reply = await ask<Found>(path, { ...along, text: wanted });
    // Somebody has typed on meanwhile.
    if (mine !== asked) return;
    if ('code' in reply) {
      last = null;
      found.value = null;
      fault.value = refusal(reply);
    } else {
      found.value = reply;
      fault.value = '';
    }
  }

  /** @param unfinished while a character is still being composed */
  function type(typed: string, unfinished = false): void {
    text.value = typed;
    clearTimeout(timer);
    if (!unfinished) timer = setTimeout(() => void look(), pause);
  }

  /** Nobody looks any more. */
  function stop(): void {
    clearTimeout(timer);
    asked++;
  }

  return { text, found, fault, type, look, stop };
}

async function ask<Found>(
  path: string,
  question: Record<string, string>,
): Promise<Found | Refused> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    });
    return (await response.json()) as Found | Refused;
  } catch {
    return { code: 'link-lost', message: '' };
  }
}
