import { expect, test } from 'vitest';
import type { AgentView, QueueView, Waiter } from '../../src/generated/wire';
import {
  byState,
  isInConference,
  isLate,
  isMet,
  myPart,
  talkOf,
  sampled,
  SAMPLES,
  sparkline,
  waitersInOrder,
} from '../../src/wallboard/figures';

const queue = (change: Partial<QueueView>): QueueView => ({
  queue: 'orders',
  title: 'Orders',
  calls: true,
  waiting: 0,
  oldest: null,
  offered: 0,
  answered: 0,
  abandoned: 0,
  overflowed: 0,
  chose: 0,
  unserved: 0,
  serviceLevel: null,
  asaMillis: null,
  satisfaction: null,
  targetPercent: 80,
  targetSeconds: 20,
  ...change,
});

const waiter = (contact: string, priority: number, since: number): Waiter => ({
  contact,
  name: '',
  tier: '',
  since,
  priority,
  boost: 0,
});

const agent = (name: string, state: AgentView['state']) => ({ agent: name, state }) as AgentView;

test('a service level is met at its target, and before anybody was served', () => {
  expect([null, 0.79, 0.8, 1].map((serviceLevel) => isMet(queue({ serviceLevel })))).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test('somebody waits too long from behind the target on', () => {
  expect(isLate(queue({ oldest: null }), 90_000)).toBe(false);
  expect(isLate(queue({ oldest: 70_000 }), 90_000)).toBe(false);
  expect(isLate(queue({ oldest: 69_999 }), 90_000)).toBe(true);
});

test('who goes first is on top, and of equals who has waited longest, whatever the queue', () => {
  const views = [
    { queue: 'orders', waiters: [waiter('a', 0, 2_000), waiter('b', 100, 3_000)] },
    { queue: 'gone', waiters: [waiter('c', 0, 1_000)] },
  ];
  expect(
    waitersInOrder(views, [queue({})]).map(({ title, waiter }) => [title, waiter.contact]),
  ).toEqual([
    ['Orders', 'b'],
    ['gone', 'c'],
    ['Orders', 'a'],
  ]);
});

test('of each queue that is there the last ten minutes are kept', () => {
  let samples: Record<string, number[]> = { gone: [1] };
  for (let i = 0; i < SAMPLES + 5; i++) samples = sampled(samples, [queue({ waiting: i })]);
  expect(Object.keys(samples)).toEqual(['orders']);
  expect(samples.orders).toHaveLength(SAMPLES);
  expect(samples.orders!.at(-1)).toBe(SAMPLES + 4);
});

test('a line ends at the right, and a few who wait do not fill it', () => {
  expect(sparkline([])).toEqual([]);
  const points = sparkline([0, 3]).map((point) => point.split(',').map(Number));
  expect(points[1]).toEqual([240, 4]);
  expect(points[0]![1]).toBe(38);
  expect(sparkline([1])[0]).toBe('240.0,26.7');
});

test('agents stand by what they do, those with a caller first', () => {
  const groups = byState([agent('ann', 'ready'), agent('ben', 'talking'), agent('cem', 'ready')]);
  expect(groups.map(({ state, agents }) => [state, agents.map((one) => one.agent)])).toEqual([
    ['talking', ['ben']],
    ['ready', ['ann', 'cem']],
  ]);
});

test('somebody can take part in a call that is talked or on hold, and in no work and no ringing', () => {
  const having = (...contacts: Partial<AgentView['contacts'][number]>[]) =>
    ({ contacts }) as AgentView;
  expect(talkOf(having())).toBeUndefined();
  expect(talkOf(having({ call: true, state: 'ringing' }))).toBeUndefined();
  expect(talkOf(having({ call: false, state: 'working' }))).toBeUndefined();
  const dials = { progress: 'prompting', since: 0 } as const;
  expect(talkOf(having({ contact: 'a', call: true, state: 'talking', dials }))).toBeUndefined();
  expect(
    talkOf(having({ call: true, state: 'wrap-up' }, { contact: 'b', call: true, state: 'hold' })),
  ).toBe('b');
});

test('three talk together where a call of the agent’s is a conference', () => {
  const having = (...contacts: { call: boolean; conference: boolean }[]) =>
    ({ contacts }) as AgentView;
  expect(isInConference(undefined)).toBe(false);
  expect(isInConference(having({ call: true, conference: false }))).toBe(false);
  expect(isInConference(having({ call: true, conference: true }))).toBe(true);
});

test('a supervisor finds their own part among those of others', () => {
  const views = [
    { agent: 'ann', supervisors: [{ user: 'sam', how: 'listen' as const, connected: true }] },
    { agent: 'ben', supervisors: [{ user: 'pat', how: 'barge' as const, connected: false }] },
  ];
  expect(myPart(views, 'pat')).toEqual({
    agent: 'ben',
    user: 'pat',
    how: 'barge',
    connected: false,
  });
  expect(myPart(views, 'lee')).toBeUndefined();
});

test('who asks a colleague is on the wallboard, behind those who talk', () => {
  const agents = [agent('ann', 'consulting'), agent('ben', 'talking'), agent('kim', 'ready')];
  expect(byState(agents).map((group) => group.state)).toEqual(['talking', 'consulting', 'ready']);
});
