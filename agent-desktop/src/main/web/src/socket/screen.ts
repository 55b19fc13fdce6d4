import type { FromDesk } from '../generated/wire';

// This screen's session: it numbers what it asks for, and what has no answer yet is asked again with
// the same number, so that it is done once. A reload goes on with it.
//
// While a page has it, the browser's store has not: a tab that is duplicated copies the store, and two
// pages that number in one session would take one another's answers.

/** What this screen asks for, numbered by it. */
export type Command = FromDesk & { id: number };

const KEY = 'switchroom-screen';

interface Kept {
  user: string;
  session: string;
  last: number;
  unanswered: Command[];
}

function taken(): Kept | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept === null ? null : (JSON.parse(kept) as Kept);
  } catch {
    return null;
  }
}

/** Nobody else's; `randomUUID` is for pages over TLS only. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let screen: Kept | null = taken();

/** The session of the user at this screen; another user's is over. */
export function sessionOf(user: string): string {
  if (screen?.user !== user) screen = { user, session: random(), last: 0, unanswered: [] };
  return screen.session;
}

/** What an earlier page of this screen has asked and has no answer to. */
export function takeUnanswered(): Command[] {
  return screen?.unanswered.splice(0) ?? [];
}

export function number(): number {
  return ++screen!.last;
}

/** The page ends; the next one in this tab may go on. */
export function handOver(unanswered: Command[]): void {
  if (!screen) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...screen, unanswered }));
  } catch {
    // Then the next page begins a session of its own.
  }
}

/** The user leaves this screen. */
export function endSession(): void {
  screen = null;
}
