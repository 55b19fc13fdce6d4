import { computed, signal } from '@preact/signals';
import type { FromDesk, Hello, ScreenPop, ToDesk, Topics } from '../generated/wire';
import { endSession, handOver, number, sessionOf, takeUnanswered, type Command } from './screen';

// One WebSocket, kept alive. The server sends what changed; nothing is asked for again and again.

export type Link = 'connecting' | 'open' | 'lost' | 'restarting';

/** What became of what this screen has asked for. */
export type Reply = Extract<ToDesk, { type: 'reply' }>;

/** Fields by topic, as they are put together of what has changed. */
type Told = Record<string, Record<string, unknown>>;

export const hello = signal<Hello | null>(null);
export const link = signal<Link>('connecting');

/** What is known of each contact in hand. */
export const pops = signal<Record<string, ScreenPop>>({});
export const notice = signal<string>('');

/** How often the server has told everything. */
export const told = signal(0);
const topics = signal<Told>({});

/** The server's clock, in milliseconds; ticks once a second. */
export const now = signal(Date.now());
let clockOffset = 0;
setInterval(() => (now.value = Date.now() + clockOffset), 1000);

/** All that is told of a kind. */
const all = <Kind extends keyof Topics>(kind: Kind) =>
  Object.keys(topics.value)
    .filter((name) => name.startsWith(kind))
    .map((name) => topics.value[name] as unknown as Topics[Kind]);

const one = <Kind extends keyof Topics>(kind: Kind, about = '') =>
  topics.value[kind + about] as unknown as Topics[Kind] | undefined;

const user = () => hello.value?.user?.name;

export const agents = computed(() => all('agent:'));
export const queues = computed(() => all('queue:'));
export const pbxConnected = computed(() => one('pbx')?.connected !== false);
export const me = computed(() => one('agent:', user()));

export const tasks = computed(() => one('tasks:', user())?.tasks ?? []);
/** Callers who can be picked up. */
export const parked = computed(() => one('parked:', user()));

/** Who takes part in whose talk. */
export const supervisions = computed(() => all('supervision:'));

export const waiters = computed(() => all('waiting:'));
/** Whether talks that are to be recorded can be. */
export const recordable = computed(() => one('recordings')?.possible !== false);

/** What the history lacks, the last first. */
export const gaps = computed(() => one('history')?.gaps ?? []);

/** How many turns the database did not take. */
export const refusedTurns = computed(() => one('history')?.refused ?? 0);

export const shadow = computed(() => one('shadow'));

const mine = (kind: 'agent:' | 'tasks:') => kind + user();

/** A server that does not answer is asked again. */
const LONGEST_ANSWER = 10_000;

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;

/** The server remembers the answers of a few more. */
const MOST_UNDER_WAY = 12;

let socket: WebSocket | null = null;
let pause = FIRST_PAUSE;

/** The next that is told is everything. */
let everything = false;

interface Asked {
  command: Command;
  answer: (reply: Reply) => void;
}

/** What has no answer yet, in the order of its numbers. */
const waiting = new Map<number, Asked>();

export function connect(): void {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const session = sessionOf(hello.value!.user!.name);
  for (const command of takeUnanswered()) {
    waiting.set(command.id, { command, answer: (reply) => answeredLate(command, reply) });
  }
  const opened = new WebSocket(`${scheme}://${location.host}/api/desk?session=${session}`);
  socket = opened;
  opened.onmessage = (event) => {
    if (socket === opened) take(JSON.parse(event.data as string) as ToDesk);
  };
  opened.onclose = (event) => {
    if (socket !== opened) return;
    socket = null;
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
  const response = await fetch('/api/hello', { signal: AbortSignal.timeout(LONGEST_ANSWER) });
  const body = (await response.json()) as Hello;
  hello.value = body;
  document.title = body.title;
  return body;
}

function take(message: ToDesk): void {
  switch (message.type) {
    case 'hello':
      clockOffset = message.now - Date.now();
      now.value = message.now;
      everything = true;
      pause = FIRST_PAUSE;
      link.value = 'open';
      notice.value = '';
      for (const { command } of waiting.values()) socket!.send(JSON.stringify(command));
      break;
    case 'delta':
      if (everything) takeAll(message.topics);
      else takeSome(message.topics);
      break;
    case 'pop': {
      const changed = { ...pops.value };
      if (message.pop) changed[message.contact] = message.pop;
      else delete changed[message.contact];
      pops.value = changed;
      break;
    }
    case 'stopping':
      link.value = 'restarting';
      break;
    case 'reply': {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      asked?.answer(message);
      break;
    }
  }
}

/** What was known before is over; what a server that has just started does not know yet stays. */
function takeAll(all: Told): void {
  everything = false;
  const kept: Told = {};
  for (const name of [mine('agent:'), mine('tasks:')]) {
    if (topics.value[name]) kept[name] = topics.value[name];
  }
  topics.value = { ...kept, ...all };
  forgetPops();
  told.value++;
}

function takeSome(changed: Told): void {
  const merged = { ...topics.value };
  for (const [name, fields] of Object.entries(changed)) {
    merged[name] = { ...merged[name], ...fields };
  }
  topics.value = merged;
  if (changed[mine('agent:')]) forgetPops();
}

/** Of what is not in hand any more nothing is known. */
function forgetPops(): void {
  const inHand = me.value?.contacts.map((one) => one.contact) ?? [];
  const gone = Object.keys(pops.value).filter((contact) => !inHand.includes(contact));
  if (gone.length === 0) return;
  const left = { ...pops.value };
  for (const contact of gone) delete left[contact];
  pops.value = left;
}

/**
 * Asks the server for something. What is under way when the socket breaks is asked again when it is
 * back, and done once; while it is broken nothing new is.
 */
export function ask(wanted: FromDesk): Promise<Reply> {
  const refused = (code: string): Promise<Reply> =>
    Promise.resolve({ type: 'reply', id: 0, ok: false, code });
  if (link.value === 'restarting') return refused('stopping');
  if (socket?.readyState !== WebSocket.OPEN || link.value !== 'open') return refused('link-lost');
  if (waiting.size >= MOST_UNDER_WAY) return refused('overloaded');
  const command: Command = { id: number(), ...wanted };
  return new Promise((answer) => {
    waiting.set(command.id, { command, answer });
    socket!.send(JSON.stringify(command));
  });
}

/** Whether the end of this contact's wrap-up has no answer yet. */
export function isEnding(contact: string): boolean {
  return [...waiting.values()].some(
    ({ command }) => command.type === 'completeWrapUp' && command.contact === contact,
  );
}

/** This screen is nobody's any more. */
export function forgetMe(): void {
  waiting.clear();
  endSession();
}

/** The page ends: the next one of this screen goes on. */
export function leave(): void {
  const commands = [...waiting.values()].map((asked) => asked.command);
  // What is keyed may be a PIN, and is kept nowhere.
  handOver(commands.filter((command) => command.type !== 'generateDigits'));
}

let answeredLate: (command: Command, reply: Reply) => void = () => {};

/** Is told what came of what an earlier page of this screen has asked. */
export function whenAnsweredLate(told: (command: Command, reply: Reply) => void): void {
  answeredLate = told;
}
