import { vi } from 'vitest';
import type { AgentView, InHandView } from '../src/generated/wire';
import type { Command } from '../src/socket/screen';

// A page of an agent without a browser: a socket that a test speaks through, and a clock that it
// moves.

/** The server's end of a page's socket. */
class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static readonly all: FakeSocket[] = [];

  readyState = FakeSocket.OPEN;
  readonly asked: Command[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.asked.push(JSON.parse(text) as Command);
  }
}

const USER = { name: 'ann', title: 'Ann', may: ['serve'], phone: false };

/** The page, with its modules loaded anew as after a reload. */
export async function openPage() {
  vi.resetModules();
  vi.useFakeTimers();
  FakeSocket.all.length = 0;
  vi.stubGlobal('WebSocket', FakeSocket);
  const hello = { title: 'Formosa Books', user: USER, hints: [] };
  vi.stubGlobal('fetch', () => Promise.resolve({ json: () => Promise.resolve(hello) }));
  const live = await import('../src/socket/live');
  const contacts = await import('../src/contact/contacts');
  const drafts = await import('../src/contact/drafts');
  const acts = await import('../src/contact/act');
  await live.loadHello();
  live.connect();

  const socket = () => FakeSocket.all.at(-1)!;
  const says = (message: object) => socket().onmessage!({ data: JSON.stringify(message) });
  const agent = (...inHand: InHandView[]): Partial<AgentView> => ({
    agent: 'ann',
    name: 'Ann',
    state: 'ready',
    contacts: inHand,
  });

  return {
    live,
    contacts,
    drafts,
    acts,
    asked: () => socket().asked,
    says,
    /** The server tells everything: what the agent has in hand. */
    begins: (...inHand: InHandView[]) => {
      says({ type: 'hello', now: Date.now() });
      says({ type: 'delta', topics: { 'agent:ann': agent(...inHand) } });
    },
    /** What the agent has in hand has changed. */
    has: (...inHand: InHandView[]) =>
      says({ type: 'delta', topics: { 'agent:ann': { contacts: inHand } } }),
    replies: async (id: number, code?: string) => {
      says({ type: 'reply', id, ok: code === undefined, code });
      await vi.advanceTimersByTimeAsync(0);
    },
    breaks: (code = 1006) => {
      socket().readyState = FakeSocket.CLOSED;
      socket().onclose!({ code });
    },
    sockets: () => FakeSocket.all.length,
    passes: (millis: number) => vi.advanceTimersByTimeAsync(millis),
  };
}

/** A contact in the agent's hands. */
export function inHand(contact: string, change: Partial<InHandView> = {}): InHandView {
  return {
    contact,
    call: true,
    state: 'talking',
    since: 0,
    queue: 'orders',
    queueTitle: 'Orders',
    customer: '',
    dispositionNeeded: false,
    heldOnPhone: false,
    reminded: 0,
    returned: false,
    consulted: false,
    conference: false,
    mayRecord: false,
    ...change,
  };
}
