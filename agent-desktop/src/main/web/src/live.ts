import { computed, signal } from '@preact/signals';
import type {
  AgentView,
  Hello,
  Message,
  QueueView,
  Reply,
  ScreenPop,
  ShadowView,
  TaskView,
  WaitersView,
} from './protocol';

// One WebSocket, kept alive. The server sends what changed; nothing is asked for again and again.

export type Link = 'connecting' | 'open' | 'lost' | 'restarting';

export const hello = signal<Hello | null>(null);
export const link = signal<Link>('connecting');
export const pop = signal<ScreenPop | null>(null);
export const notice = signal<string>('');
const topics = signal<Record<string, Record<string, unknown>>>({});

/** The server's clock, in milliseconds; ticks once a second. */
export const now = signal(Date.now());
let clockOffset = 0;
setInterval(() => (now.value = Date.now() + clockOffset), 1000);

const byPrefix = (prefix: string) =>
  Object.keys(topics.value)
    .filter((name) => name.startsWith(prefix))
    .map((name) => topics.value[name]!);

export const agents = computed(() => byPrefix('agent:') as unknown as AgentView[]);
export const queues = computed(() => byPrefix('queue:') as unknown as QueueView[]);
export const pbxConnected = computed(() => topics.value['pbx']?.['connected'] !== false);
export const me = computed(
  () => topics.value['agent:' + hello.value?.user?.name] as unknown as AgentView | undefined,
);

export const tasks = computed(
  () => (topics.value['tasks:' + hello.value?.user?.name]?.['tasks'] ?? []) as TaskView[],
);
export const waiters = computed(() => byPrefix('waiting:') as unknown as WaitersView[]);
export const shadow = computed(() => topics.value['shadow'] as unknown as ShadowView | undefined);

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;

let socket: WebSocket | null = null;
let pause = FIRST_PAUSE;
let lastId = 0;
const waiting = new Map<number, (reply: Reply) => void>();

export function connect(): void {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const opened = new WebSocket(`${scheme}://${location.host}/api/desk`);
  socket = opened;
  opened.onmessage = (event) => take(JSON.parse(event.data as string) as Message);
  opened.onclose = (event) => {
    if (socket !== opened) return;
    socket = null;
    for (const answer of waiting.values())
      answer({ type: 'reply', id: 0, ok: false, code: 'link-lost' });
    waiting.clear();
    if (event.code === 4001 || event.code === 4002) {
      location.assign('/');
      return;
    }
    if (link.value !== 'restarting') link.value = 'lost';
    // Spread out, so that a server that comes back is not run over by everybody at once.
    setTimeout(() => void reconnect(), pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
}

async function reconnect(): Promise<void> {
  try {
    const fresh = await loadHello();
    if (!fresh.user) {
      location.assign('/');
      return;
    }
  } catch {
    // The server is away; the socket will say so too.
  }
  connect();
}

export async function loadHello(): Promise<Hello> {
  const response = await fetch('/api/hello');
  const body = (await response.json()) as Hello;
  hello.value = body;
  document.title = body.title;
  return body;
}

function take(message: Message): void {
  switch (message.type) {
    case 'hello':
      clockOffset = message.now - Date.now();
      now.value = message.now;
      topics.value = {};
      pop.value = null;
      pause = FIRST_PAUSE;
      link.value = 'open';
      break;
    case 'delta': {
      const merged = { ...topics.value };
      for (const [name, fields] of Object.entries(message.topics)) {
        merged[name] = { ...merged[name], ...fields };
      }
      topics.value = merged;
      break;
    }
    case 'pop':
      pop.value = message.pop;
      break;
    case 'stopping':
      link.value = 'restarting';
      break;
    case 'reply':
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
      break;
  }
}

/** Asks the server for something; answers true when it is done, else shows why not. */
export function ask(type: string, fields: Record<string, unknown> = {}): Promise<Reply> {
  return new Promise((resolve) => {
    if (!socket || socket.readyState !== WebSocket.OPEN) {
      resolve({ type: 'reply', id: 0, ok: false, code: 'link-lost' });
      return;
    }
    const id = ++lastId;
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, type, ...fields }));
  });
}
