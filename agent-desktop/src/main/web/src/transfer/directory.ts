import { signal } from '@preact/signals';
import type { Directory, Refused } from '../generated/wire';
import { refusal } from '../shared/words';

// To whom a caller can be given: looked up while somebody types, and what they see is how it was
// then.

/** So long nothing is typed before it is looked up. */
const PAUSE = 250;

/** A number as people write it, with at least three digits. */
export const isNumber = (text: string): boolean =>
  /^\+?[\d\s().\-\/]+$/.test(text.trim()) && text.replace(/\D/g, '').length >= 3;

export type Lookup = ReturnType<typeof lookup>;

/** One look into the directory, which is typed on and on. */
export function lookup() {
  const text = signal('');
  /** Null: nothing has come yet. */
  const found = signal<Directory | null>(null);
  const fault = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  async function look(): Promise<void> {
    clearTimeout(timer);
    const mine = ++asked;
    const reply = await ask(text.peek().trim());
    // Somebody has typed on meanwhile.
    if (mine !== asked) return;
    if ('colleagues' in reply) found.value = reply;
    fault.value = 'colleagues' in reply ? '' : refusal(reply);
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

async function ask(text: string): Promise<Directory | Refused> {
  try {
    const response = await fetch('/api/directory', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return (await response.json()) as Directory | Refused;
  } catch {
    return { code: 'link-lost', message: '' };
  }
}
