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
  | 'consulting'
  | 'wrap-up'
  | 'not-ready';

/** What one screen asks for, numbered by it. */
export interface Command extends Record<string, unknown> {
  id: number;
  type: string;
}

export type InHandState = 'offered' | 'ringing' | 'talking' | 'hold' | 'working' | 'wrap-up';

/** One contact in an agent's hands: a call, or a message or callback. */
export interface InHandView {
  contact: string;
  call: boolean;
  state: InHandState;
  since: number;
  queue: string;
  queueTitle: string;
  customer: string;
  until?: number;
  dispositionNeeded: boolean;
}

export interface AgentView {
  agent: string;
  name: string;
  state: AgentStateName;
  since: number;
  reason: string;
  pending: string;
  phone:
    | 'AVAILABLE'
    | 'RINGING'
    | 'RINGING_IN_USE'
    | 'IN_USE'
    | 'DO_NOT_DISTURB'
    | 'UNREACHABLE'
    | 'UNKNOWN';
  desk: boolean;
  contacts: InHandView[];
}

/** What an agent says of a contact. */
export interface Typed {
  disposition: string;
  note: string;
}

export interface QueueView {
  queue: string;
  title: string;
  waiting: number;
  oldest: number | null;
  offered: number;
  answered: number;
  abandoned: number;
  overflowed: number;
  chose: number;
  unserved: number;
  serviceLevel: number | null;
  asaMillis: number | null;
  satisfaction: number | null;
  targetPercent: number;
  targetSeconds: number;
}

export interface TaskView {
  contact: string;
  id: string;
  kind: 'voicemail' | 'callback';
  state: 'offered' | 'working';
  queueTitle: string;
  customer: number | null;
  name: string;
  number: string;
  seconds: number;
  created: number;
  draft: Typed;
}

export interface Waiter {
  contact: string;
  name: string;
  tier: string;
  since: number;
  priority: number;
  boost: number;
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

/** Turns that the history lacks, and between which moments. */
export interface HistoryGap {
  from: number;
  to: number;
  since?: number;
  until: number;
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
  contact: string;
  call?: string;
  decided: number;
  queue: string;
  queueTitle: string;
  from: string;
  callerName: string;
  line: string;
  waitingSince: number;
  path: { step: string; choice: string }[];
  answers: Record<string, string>;
  matches: CustomerCard[];
  chosen?: number;
  dispositions: string[];
  draft: Typed;
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
  | { type: 'pop'; contact: string; pop: ScreenPop | null }
  | { type: 'stopping' }
  | Reply;
