// Written by the build from the server's records.

/** What the server says on the desk's socket. */
export type ToDesk =
  | { type: 'hello'; now: number }
  | { type: 'delta'; topics: Record<string, Record<string, unknown>> }
  | { type: 'pop'; contact: string; pop: ScreenPop | null }
  | { type: 'stopping' }
  | { type: 'reply'; id: number; ok: boolean; code?: string; message?: string };

/** What a desk asks for. */
export type FromDesk =
  | { type: 'hold'; contact: string }
  | { type: 'retrieve'; contact: string }
  | { type: 'moveTalk'; contact: string }
  | { type: 'transferToAgent'; contact: string; colleague: string; why: string }
  | { type: 'transferToQueue'; contact: string; queue: string; why: string }
  | { type: 'transferToNumber'; contact: string; number: string; why: string }
  | { type: 'park'; contact: string; why: string }
  | { type: 'consultAgent'; contact: string; colleague: string; why: string }
  | { type: 'consultQueue'; contact: string; queue: string; why: string }
  | { type: 'consultNumber'; contact: string; number: string; why: string }
  | { type: 'alternate'; contact: string }
  | { type: 'conference'; contact: string }
  | { type: 'completeConsultation'; contact: string }
  | { type: 'cancelConsultation'; contact: string }
  | { type: 'endAbusiveCall'; contact: string; reason: string }
  | { type: 'logOut' }
  | { type: 'goReady' }
  | { type: 'goNotReady'; reason: string }
  | { type: 'sitAt'; phone: string }
  | { type: 'answer'; contact: string }
  | { type: 'decline'; contact: string }
  | { type: 'hangUp'; contact: string }
  | { type: 'generateDigits'; contact: string; digits: string }
  | { type: 'startRecording'; contact: string }
  | { type: 'pauseRecording'; contact: string }
  | { type: 'resumeRecording'; contact: string }
  | { type: 'makeCall'; number: string; about: string }
  | { type: 'pickUp'; contact: string }
  | { type: 'keepDraft'; contact: string; disposition: string; note: string }
  | { type: 'completeWrapUp'; contact: string; disposition: string; note: string }
  | { type: 'chooseCustomer'; contact: string; customer: number }
  | { type: 'newCustomer'; contact: string; name: string }
  | { type: 'boost'; contact: string; points: number }
  | { type: 'supervise'; colleague: string; contact: string; how: 'listen' | 'whisper' | 'barge' }
  | { type: 'takeOver'; contact: string }
  | { type: 'endSupervision' };

/** What is shown where; a name that ends with a colon goes on. */
export interface Topics {
  'agent:': AgentView;
  'supervision:': SupervisionView;
  'queue:': QueueView;
  'pbx': PbxStatus;
  'waiting:': WaitersView;
  'shadow': ShadowView;
  'history': Gaps;
  'recordings': RecordingStatus;
  'desks': HotDesks;
  'tasks:': Tasks;
  'parked:': ParkedView;
}

export interface AgentView {
  agent: string;
  name: string;
  state: 'logged-out' | 'not-ready' | 'ready' | 'reserved' | 'ringing' | 'talking' | 'hold' | 'working' | 'consulting' | 'wrap-up';
  since: number;
  reason: string;
  pending: string;
  phone: 'AVAILABLE' | 'RINGING' | 'RINGING_IN_USE' | 'IN_USE' | 'DO_NOT_DISTURB' | 'UNREACHABLE' | 'UNKNOWN';
  sitsAt: string;
  choosesPhone: boolean;
  answersAtPhone: boolean;
  desk: boolean;
  supervised: 'listen' | 'whisper' | 'barge' | null;
  contacts: InHandView[];
}

export interface AsksView {
  whom: string;
  outside: boolean;
  progress: 'waiting' | 'ringing' | 'talking' | 'not-reached';
  since: number;
  withCaller: boolean;
  holds: boolean;
}

export interface AuditLine {
  at: number;
  who: string;
  what: string;
  about: string;
}

export interface AuditPage {
  lines: AuditLine[];
  more?: string;
}

export interface BlockLine {
  number: string;
  reason: string;
  since: number;
  until?: number;
  by: string;
}

export interface BlockPage {
  blocked: BlockLine[];
  ended: EndedCall[];
}

export interface Colleague {
  agent: string;
  name: string;
  state: string;
  since: number;
  takesCalls: boolean;
  away?: string;
}

export interface Customer {
  id: number;
  account: string;
  name: string;
  organisation: string;
  tier: string;
  language: string;
  balance: string;
}

export interface CustomerCard {
  customer: Customer;
  numbers: string[];
  timeline: TimelineEntry[];
  lastAgent: string;
  openTickets: number;
  nobody: boolean;
}

export interface CustomerRecord {
  card: CustomerCard;
}

export interface CustomersFound {
  customers: FoundCustomer[];
  more: boolean;
}

export interface Destination {
  queue: string;
  title: string;
  waiting: number;
  oldest?: number;
  place?: number;
  free: number;
  staffed: number;
  takers: Colleague[];
  others: number;
}

export interface DialsView {
  progress: 'initiated' | 'prompting' | 'ringing' | 'reached' | 'busy' | 'no-answer' | 'failed';
  since: number;
  warns?: number;
  ends?: number;
}

export interface Directory {
  colleagues: Colleague[];
  queues: Destination[];
  more: boolean;
}

export interface DirectoryCustomer {
  id: number;
  name: string;
  organisation: string;
  tier: string;
  numbers: DirectoryNumber[];
}

export interface DirectoryCustomers {
  customers: DirectoryCustomer[];
  more: boolean;
}

export interface DirectoryNumber {
  number: string;
  notDialed?: string;
}

export interface Done {
}

export interface Draft {
  disposition: string;
  note: string;
}

export interface EndedCall {
  at: number;
  agent: string;
  number: string;
  about: string;
}

export interface Fault {
  file: string;
  line: number;
  message: string;
}

export interface Faulty {
  code: string;
  message: string;
  faults: Fault[];
}

export interface FoundCustomer {
  id: number;
  name: string;
  organisation: string;
  account: string;
  tier: string;
  number: string;
}

export interface FoundTalkLine {
  recording: string;
  contact: string;
  number: string;
  agent: string;
  queue: string;
  began: number;
  ended?: number;
}

export interface Gaps {
  gaps: HistoryGap[];
  refused: number;
}

export interface HandedOver {
  by: string;
  why: string;
  draft: Draft;
  held?: WasOnHold;
  parked?: Parked;
}

export interface Hello {
  title: string;
  user?: Person;
  hints: LogInHint[];
}

export interface HistoryGap {
  ledger: string;
  from: number;
  to: number;
  since?: number;
  until: number;
}

export interface HotDesk {
  phone: string;
  state: 'AVAILABLE' | 'RINGING' | 'RINGING_IN_USE' | 'IN_USE' | 'DO_NOT_DISTURB' | 'UNREACHABLE' | 'UNKNOWN';
  by: string;
}

export interface HotDesks {
  desks: HotDesk[];
}

export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

export interface InHandView {
  contact: string;
  call: boolean;
  state: 'wrap-up' | 'working' | 'talking' | 'hold' | 'offered' | 'ringing';
  since: number;
  queue: string;
  queueTitle: string;
  customer: string;
  until?: number;
  dispositionNeeded: boolean;
  heldOnPhone: boolean;
  reminded: number;
  returned: boolean;
  consulted: boolean;
  asks?: AsksView;
  conference: boolean;
  dials?: DialsView;
  recording?: RecordingView;
  mayRecord: boolean;
}

export interface LogInHint {
  name: string;
  password: string;
  title: string;
}

export interface Parked {
  since: number;
}

export interface ParkedCaller {
  contact: string;
  customer: string;
  queue: string;
  queueTitle: string;
  by: string;
  why: string;
  since: number;
  until: number;
}

export interface ParkedView {
  callers: ParkedCaller[];
  more: number;
}

export interface PbxStatus {
  connected: boolean;
}

export interface Person {
  name: string;
  title: string;
  may: ('serve' | 'watch' | 'raise' | 'supervise' | 'see-customers' | 'listen' | 'hear-talks' | 'block-callers' | 'read-scripts' | 'change-scripts' | 'read-audit' | 'end-log-ins')[];
  phone: boolean;
}

export interface PhonePlan {
  extension: string;
  iceServers: IceServer[];
}

export interface QueueView {
  queue: string;
  title: string;
  calls: boolean;
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

export interface RecordingStatus {
  possible: boolean;
}

export interface RecordingView {
  since: number;
  paused: boolean;
}

export interface Refused {
  code: string;
  message: string;
}

export interface RefusedPage {
  turns: RefusedTurn[];
  all: number;
}

export interface RefusedTurn {
  ledger: string;
  turn: number;
  at: number;
  about: string;
  why: string;
}

export interface ScreenPop {
  contact: string;
  call?: string;
  decided: number;
  queue: string;
  queueTitle: string;
  from: string;
  callerName: string;
  entryPoint: string;
  waitingSince: number;
  path: TrailEntry[];
  answers: Record<string, string>;
  matches: CustomerCard[];
  chosen?: number;
  dispositions: string[];
  handedOver?: HandedOver;
  draft: Draft;
}

export interface ScriptInfo {
  name: string;
  version: number;
  taken: number;
  by: string;
  steps: number;
}

export interface ScriptList {
  scripts: ScriptInfo[];
}

export interface Seat {
  phone: string;
  state: 'AVAILABLE' | 'RINGING' | 'RINGING_IN_USE' | 'IN_USE' | 'DO_NOT_DISTURB' | 'UNREACHABLE' | 'UNKNOWN';
  by: string;
}

export interface Seats {
  own: string[];
  desks: Seat[];
  more: boolean;
}

export interface ShadowView {
  policy: string;
  asked: number;
  otherwise: number;
  last: string;
}

export interface SilenceLine {
  began: number;
  ended?: number;
}

export interface SilentPart {
  from: number;
  to: number;
}

export interface SupervisionView {
  agent: string;
  supervisors: Supervisor[];
}

export interface Supervisor {
  user: string;
  how: 'listen' | 'whisper' | 'barge';
  connected: boolean;
}

export interface TalkLine {
  recording: string;
  queue: string;
  began: number;
  goesOn: boolean;
  millis?: number;
  silences: SilenceLine[];
}

export interface TalkList {
  talks: TalkLine[];
}

export interface TalkPage {
  talks: FoundTalkLine[];
  more?: string;
}

export interface TalkWaveform {
  millis: number;
  caller: number[];
  heard: number[];
  silences: SilentPart[];
}

export interface TaskView {
  contact: string;
  id: string;
  kind: 'voicemail' | 'callback';
  state: 'offered' | 'working';
  queueTitle: string;
  customer?: number;
  name: string;
  number: string;
  seconds: number;
  created: number;
  draft: Draft;
}

export interface Tasks {
  tasks: TaskView[];
}

export interface TimelineEntry {
  at: number;
  kind: string;
  subject: string;
  queue: string;
  agent: string;
  seconds: number;
  waited: number;
  outcome: string;
  note: string;
  text: string;
  recordings: string[];
  number: string;
}

export interface TrailEntry {
  step: string;
  choice: string;
}

export interface VersionList {
  versions: ScriptInfo[];
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

export interface WasOnHold {
  talked: number;
  onHold: number;
}
