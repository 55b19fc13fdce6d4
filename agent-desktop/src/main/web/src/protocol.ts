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
  'logged-out' | 'ready' | 'reserved' | 'ringing' | 'talking' | 'hold' | 'wrap-up' | 'not-ready';

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
  targetPercent: number;
  targetSeconds: number;
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
  | Reply;
