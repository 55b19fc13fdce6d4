// What the server sends. Times are milliseconds since 1970; what runs is given by its beginning.

export interface User {
  name: string;
  title: string;
  agent: boolean;
  supervisor: boolean;
}

export interface Hello {
  title: string;
  user?: User;
  hints: { name: string; password: string; title: string }[];
}

export type AgentStateName =
  | 'logged-out'
  | 'ready'
  | 'reserved'
  | 'ringing'
  | 'talking'
  | 'hold'
  | 'working'
  | 'wrap-up'
  | 'not-ready';

export interface AgentView {
  agent: string;
  name: string;
  state: AgentStateName;
  since: number;
  reason: string;
  pending: string;
  until: number | null;
  dispositionNeeded: boolean;
  phone: 'AVAILABLE' | 'RINGING' | 'IN_USE' | 'UNREACHABLE' | 'UNKNOWN';
  desk: boolean;
  call: string | null;
  queue: string;
  customer: string;
}

export interface QueueView {
  queue: string;
  title: string;
  waiting: number;
  oldest: number | null;
  answered: number;
  abandoned: number;
  serviceLevel: number | null;
  asaMillis: number | null;
  satisfaction: number | null;
  targetPercent: number;
  targetSeconds: number;
}

export interface TaskView {
  id: string;
  kind: 'voicemail' | 'callback';
  state: 'offered' | 'working';
  queueTitle: string;
  customer: number | null;
  name: string;
  number: string;
  seconds: number;
  created: number;
}

export interface Waiter {
  call: string;
  name: string;
  tier: string;
  since: number;
  priority: number;
  raised: number;
}

export interface WaitersView {
  queue: string;
  waiters: Waiter[];
}

export interface ShadowView {
  policy: string;
  asked: number;
  otherwise: number;
  last: string;
}

export interface ScriptInfo {
  name: string;
  version: number;
  taken: number;
  by: string;
  steps: number;
}

export interface TimelineEntry {
  at: number;
  kind: string;
  text: string;
}

export interface CustomerCard {
  customer: {
    id: number;
    account: string;
    name: string;
    organisation: string;
    tier: string;
    language: string;
  };
  numbers: string[];
  timeline: TimelineEntry[];
}

export interface ScreenPop {
  call: string;
  decided: number;
  queue: string;
  queueTitle: string;
  from: string;
  line: string;
  waitingSince: number;
  path: { step: string; choice: string }[];
  answers: Record<string, string>;
  matches: CustomerCard[];
  dispositions: string[];
}

export interface Reply {
  type: 'reply';
  id: number;
  ok: boolean;
  code?: string;
  message?: string;
}

export type Message =
  | { type: 'hello'; now: number }
  | { type: 'delta'; topics: Record<string, Record<string, unknown>> }
  | { type: 'pop'; pop: ScreenPop | null }
  | { type: 'stopping' }
  | Reply;
