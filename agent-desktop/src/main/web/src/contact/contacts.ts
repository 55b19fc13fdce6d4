import { computed, effect, signal } from '@preact/signals';
import type { CustomerCard, InHandView, ScreenPop, TaskView } from '../generated/wire';
import { me, pbxConnected, pops, tasks } from '../socket/live';
import type { Word } from '../shared/words';

// What the agent has in hand, and what of it is shown.

/** One contact in hand: a call with its record, or a task. */
export interface Contact {
  contact: string;
  /** Of one that is in hand twice, the more pressing. */
  view: InHandView;
  /** Where it is wrapped up, also while it is back already. */
  wrapUp?: InHandView;
  pop?: ScreenPop;
  task?: TaskView;
}

const CALLS = ['ringing', 'offered', 'hold', 'talking', 'wrap-up'];
const TASKS = ['working', 'offered', 'wrap-up'];

/** A call comes before work that waits for hours. */
const order = (view: InHandView): number =>
  view.call ? CALLS.indexOf(view.state) : CALLS.length + TASKS.indexOf(view.state);

/** The most pressing first. */
export const inHand = computed<Contact[]>(() => {
  const all = [...(me.value?.contacts ?? [])].sort((a, b) => order(a) - order(b));
  return all
    .filter((view, index) => all.findIndex((one) => one.contact === view.contact) === index)
    .map((view) => ({
      contact: view.contact,
      view,
      wrapUp: all.find((one) => one.contact === view.contact && one.state === 'wrap-up'),
      pop: pops.value[view.contact],
      task: tasks.value.find((task) => task.contact === view.contact),
    }));
});

/** Whoever it is, as far as it is known: one of these, somebody new, or not yet said. */
export function known(pop: ScreenPop): CustomerCard | undefined {
  const chosen = pop.matches.find(({ customer }) => customer.id === pop.chosen);
  return chosen ?? (pop.matches.length === 1 ? pop.matches[0] : undefined);
}

/** The contact of a customer that the agent has in hand, the most pressing; undefined: none. */
export const contactOf = (customer: number): string | undefined =>
  inHand.value.find(
    ({ pop, task }) => task?.customer === customer || (pop && known(pop)?.customer.id === customer),
  )?.contact;

/** What the agent has chosen to see; null: the most pressing. */
export const selected = signal<string | null>(null);

export const shown = computed<Contact | undefined>(
  () => inHand.value.find((one) => one.contact === selected.value) ?? inHand.value[0],
);

/** The live call: it keeps its controls, whatever is shown. */
export const voice = computed<Contact | undefined>(() => {
  const live = inHand.value.find((one) => one.view.call && one.view.state !== 'wrap-up');
  return live ?? (shown.value?.view.call ? shown.value : undefined);
});

/** Whether the agent has a call, or is to have one. */
export const inCall = (): boolean =>
  inHand.value.some(({ view }) => view.call && view.state !== 'wrap-up');

/** Why the agent can have no call of their own wish now; undefined: they can. */
export function noOtherCall(): Word | undefined {
  const view = me.value;
  if (!view || view.state === 'logged-out') return 'refused-not-logged-in';
  if (inCall()) return 'refused-in-call';
  if (!pbxConnected.value) return 'refused-pbx-down';
  if (view.sitsAt === '') return 'refused-no-phone';
  return (view.phone ?? 'AVAILABLE') === 'AVAILABLE' ? undefined : 'refused-phone-away';
}

const SETTLE = 500;

/** What can be done with a contact follows from this. */
const situation = ({ state, asks, conference }: InHandView): string =>
  [state, asks?.progress, asks?.withCaller, conference].join(' ');

/** Contacts whose state has changed less than half a second ago: a click was meant for what was. */
export const settling = signal<ReadonlySet<string>>(new Set());
let states = new Map<string, string>();

effect(() => {
  const before = states;
  states = new Map(inHand.value.map((one) => [one.contact, situation(one.view)]));
  for (const { contact, view } of inHand.value) {
    if (before.get(contact) === situation(view)) continue;
    settle(contact);
    // The caller's record is there before the phone rings.
    if (!before.has(contact) && view.call && view.state !== 'wrap-up') selected.value = null;
  }
});

const timers = new Map<string, ReturnType<typeof setTimeout>>();

function settle(contact: string): void {
  clearTimeout(timers.get(contact));
  settling.value = new Set([...settling.peek(), contact]);
  timers.set(
    contact,
    setTimeout(() => {
      timers.delete(contact);
      settling.value = new Set([...settling.peek()].filter((one) => one !== contact));
    }, SETTLE),
  );
}
