import type {
  AgentView,
  QueueView,
  SupervisionView,
  Supervisor,
  Waiter,
  WaitersView,
} from '../generated/wire';

// What the wallboard makes of what it is told.

/** In the order in which they are shown: each there is, or it does not compile. */
const STATES = Object.keys({
  talking: 0,
  hold: 0,
  consulting: 0,
  working: 0,
  ringing: 0,
  reserved: 0,
  'wrap-up': 0,
  ready: 0,
  'not-ready': 0,
  'logged-out': 0,
} satisfies Record<AgentView['state'], 0>) as AgentView['state'][];

export const SAMPLES = 120;

/** How many wait in each queue, behind the numbers of before; of queues that are gone none. */
export function sampled(
  before: Record<string, number[]>,
  queues: QueueView[],
): Record<string, number[]> {
  return Object.fromEntries(
    queues.map(({ queue, waiting }) => [
      queue,
      [...(before[queue] ?? []), waiting].slice(-SAMPLES),
    ]),
  );
}

/** Whether a queue's service level is at its target; nobody was served yet: it is. */
export const isMet = ({ serviceLevel, targetPercent }: QueueView): boolean =>
  serviceLevel === null || serviceLevel * 100 >= targetPercent;

/** Whether somebody waits longer than the target. */
export const isLate = ({ oldest, targetSeconds }: QueueView, now: number): boolean =>
  oldest !== null && now - oldest > targetSeconds * 1000;

/** Who waits in any queue: those who go first, and of equals who has waited longest. */
export function waitersInOrder(
  views: WaitersView[],
  queues: QueueView[],
): { title: string; waiter: Waiter }[] {
  return views
    .flatMap(({ queue, waiters }) => {
      const title = queues.find((one) => one.queue === queue)?.title ?? queue;
      return waiters.map((waiter) => ({ title, waiter }));
    })
    .sort((a, b) => b.waiter.priority - a.waiter.priority || a.waiter.since - b.waiter.since);
}

/** Agents by what they do; a state in which nobody is is left out. */
export const byState = (
  agents: AgentView[],
): { state: AgentView['state']; agents: AgentView[] }[] =>
  STATES.map((state) => ({
    state,
    agents: agents.filter((agent) => agent.state === state),
  })).filter((group) => group.agents.length > 0);

/** How a supervisor can take part in a talk, from the one that is noticed least. */
export const WAYS: Supervisor['how'][] = ['listen', 'whisper', 'barge'];

/** A phone that only rings, for who calls somebody, has nothing to take part in. */
const RINGS = ['initiated', 'prompting'];

/** The contact of the talk that somebody could take part in; undefined: there is none. */
export const talkOf = (agent: AgentView | undefined): string | undefined =>
  agent?.contacts.find(
    ({ call, state, dials }) =>
      call &&
      (state === 'talking' || state === 'hold') &&
      !(dials && RINGS.includes(dials.progress)),
  )?.contact;

/** Whether the caller hears nobody. */
export const isOnHold = (agent: AgentView | undefined): boolean =>
  agent?.contacts.some((one) => one.call && one.state === 'hold') ?? false;

/** Whether the agent, the caller and whoever was asked talk together. */
export const isInConference = (agent: AgentView | undefined): boolean =>
  agent?.contacts.some((one) => one.call && one.conference) ?? false;

/** In whose talk a user takes part, or is about to; undefined: in none. */
export const myPart = (
  views: SupervisionView[],
  user: string,
): (Supervisor & { agent: string }) | undefined =>
  views
    .flatMap(({ agent, supervisors }) => supervisors.map((one) => ({ ...one, agent })))
    .find((one) => one.user === user);

/** Points of a line in a box of 240 by 40; the newest number is at its right end. */
export function sparkline(values: number[]): string[] {
  const most = Math.max(3, ...values);
  const x = (index: number) => ((SAMPLES - values.length + index) / (SAMPLES - 1)) * 240;
  const y = (value: number) => 38 - (value / most) * 34;
  return values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
}
