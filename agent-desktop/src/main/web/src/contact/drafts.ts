import { effect, signal } from '@preact/signals';
import type { Draft } from '../generated/wire';
import {
  ask,
  hello,
  isEnding,
  link,
  me,
  notice,
  now,
  pops,
  tasks,
  told,
  type Reply,
} from '../socket/live';
import { refusal } from '../shared/words';
import { inHand } from './contacts';

// What is typed of each contact. It is on the server half a second after the last key, two seconds
// after the first, and in the browser until then: it comes back after a reload, a broken socket and a
// restart. What is being typed is never replaced by what was typed before.

const KEY = 'switchroom-drafts';
const PAUSE = 500;
const LONGEST = 2000;
const RETRY = 2000;
export const NOTHING: Draft = { disposition: '', note: '' };

/** What is typed of one contact. */
interface Typing {
  typed: Draft;
  /** Whether the server has it as it is typed. */
  kept: boolean;
  /** How often it is under way. */
  sending: number;
  /** When the first key was pressed that is not under way; 0: all are. */
  since: number;
  /** What the server had last. */
  server?: Draft;
}

const drafts = signal<Record<string, Typing>>({});

/** What came too late: its contact was over. */
export const tooLate = signal<string[]>([]);

const timers = new Map<string, ReturnType<typeof setTimeout>>();

const same = (a: Draft | undefined, b: Draft | undefined): boolean =>
  a?.note === b?.note && a?.disposition === b?.disposition;

const serverHas = (contact: string): Draft | undefined =>
  pops.value[contact]?.draft ?? tasks.value.find((task) => task.contact === contact)?.draft;

export const draftOf = (contact: string): Draft =>
  drafts.value[contact]?.typed ?? serverHas(contact) ?? NOTHING;

/** Whether there is something, and the server has it. */
export const isKept = (contact: string): boolean =>
  !same(draftOf(contact), NOTHING) && (drafts.value[contact]?.kept ?? true);

function put(contact: string, draft: Typing | undefined): void {
  const all = { ...drafts.peek() };
  if (draft) all[contact] = draft;
  else delete all[contact];
  drafts.value = all;
  keep();
}

/** The agent types. */
export function type(contact: string, change: Partial<Draft>): void {
  const before = drafts.peek()[contact];
  const since = before?.since || Date.now();
  put(contact, {
    typed: { ...draftOf(contact), ...change },
    kept: false,
    sending: before?.sending ?? 0,
    since,
    server: before?.server ?? serverHas(contact),
  });
  const latest = endsSoon(contact) ? since : since + LONGEST;
  sendIn(contact, Math.min(PAUSE, Math.max(0, latest - Date.now())));
}

/** A wrap-up that ends by itself ends with what the server has. */
const endsSoon = (contact: string): boolean => {
  const until = inHand.peek().find((one) => one.contact === contact)?.wrapUp?.until;
  return until !== undefined && until - now.peek() < 3000;
};

function sendIn(contact: string, millis: number): void {
  clearTimeout(timers.get(contact));
  timers.set(
    contact,
    setTimeout(() => void send(contact), millis),
  );
}

async function send(contact: string): Promise<void> {
  clearTimeout(timers.get(contact));
  timers.delete(contact);
  const draft = drafts.peek()[contact];
  if (!draft || draft.kept || link.peek() !== 'open') return;
  // It is under way already, or the end of the wrap-up has it with it.
  if ((draft.sending > 0 && draft.since === 0) || isEnding(contact)) return;
  const { typed } = draft;
  put(contact, { ...draft, sending: draft.sending + 1, since: 0 });
  answered(contact, typed, await ask({ type: 'keepDraft', contact, ...typed }));
}

const COMES_AGAIN = ['link-lost', 'stopping', 'overloaded', 'not-saved', 'past'];

function answered(contact: string, sent: Draft, reply: Reply): void {
  const draft = drafts.peek()[contact];
  if (!draft) return;
  const kept = draft.kept || (reply.ok && same(draft.typed, sent));
  put(contact, { ...draft, kept, sending: draft.sending - 1 });
  if (reply.ok) forgetOver();
  else if (COMES_AGAIN.includes(reply.code ?? '')) sendIn(contact, RETRY);
  else if (!draft.kept && same(draft.typed, sent)) refused(contact, reply);
}

/** The text stays, whatever the server says of it. */
function refused(contact: string, reply: Reply): void {
  if (reply.code === 'no-call') {
    late(contact);
    return;
  }
  notice.value = refusal(reply);
  if (reply.code === 'disposition-unknown') type(contact, { disposition: '' });
}

function late(contact: string): void {
  const draft = drafts.peek()[contact];
  const note = draft?.typed.note ?? '';
  if (note && note !== draft?.server?.note) tooLate.value = [...tooLate.peek(), note];
  put(contact, undefined);
}

export function dismiss(note: string): void {
  tooLate.value = tooLate.peek().filter((one) => one !== note);
  keep();
}

/** Sends what is typed at once: before anything else is asked for. */
export function flush(): Promise<unknown> {
  return Promise.all(Object.keys(drafts.peek()).map(send));
}

/** This is saved with its contact, which is over; what was typed since then came too late. */
export function saved(contact: string, typed: Draft): void {
  const draft = drafts.peek()[contact];
  if (draft && draft.typed.note !== typed.note) late(contact);
  else put(contact, undefined);
}

/** What is not in hand any more has no draft. */
function forgetOver(): void {
  if (!me.peek()) return;
  const contacts = me.peek()!.contacts.map((one) => one.contact);
  for (const [contact, draft] of Object.entries(drafts.peek())) {
    if (contacts.includes(contact) || draft.sending > 0 || isEnding(contact)) continue;
    if (draft.kept) put(contact, undefined);
    else late(contact);
  }
}

/** Draft at another screen, or before: taken where nothing newer is typed here. */
function fromServer(contact: string, server: Draft): void {
  const draft = drafts.peek()[contact];
  if (!draft || same(draft.server, server)) return;
  if (draft.kept && draft.sending === 0) put(contact, undefined);
  else put(contact, { ...draft, server });
}

effect(() => {
  for (const [contact, pop] of Object.entries(pops.value)) fromServer(contact, pop.draft);
  for (const task of tasks.value) fromServer(task.contact, task.draft);
});

effect(() => {
  if (me.value && told.value > 0) forgetOver();
});

// The socket is back.
effect(() => {
  if (told.value > 0) void flush();
});

// ── In the browser ────────────────────────────────────────────────────────────────────────────

interface Kept {
  user: string;
  typed: Record<string, Draft>;
  tooLate: string[];
}

const user = () => hello.peek()?.user?.name ?? '';

function keep(): void {
  const typed = Object.entries(drafts.peek())
    .filter(([, draft]) => !draft.kept)
    .map(([contact, draft]) => [contact, draft.typed]);
  const kept: Kept = { user: user(), typed: Object.fromEntries(typed), tooLate: tooLate.peek() };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Then only the server has it.
  }
}

/** What an earlier page of this screen has not sent. */
export function restore(): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
    if (kept?.user !== user()) return;
    tooLate.value = kept.tooLate;
    drafts.value = Object.fromEntries(
      Object.entries(kept.typed).map(([contact, typed]) => [
        contact,
        { typed, kept: false, sending: 0, since: 0 },
      ]),
    );
  } catch {
    // Nothing is kept.
  }
}

/** This screen is nobody's any more. */
export function forgetDrafts(): void {
  drafts.value = {};
  tooLate.value = [];
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is none.
  }
}
