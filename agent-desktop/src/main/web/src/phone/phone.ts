import { computed, effect, signal, untracked } from '@preact/signals';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent, UA } from 'jssip/lib/UA';
import { act } from '../contact/act';
import { voice } from '../contact/contacts';
import type { PhonePlan } from '../generated/wire';
import { Line } from './line';
import { hear, hearNothing, listDevices, microphone, outputs, ring, stopRinging } from './sound';

// The telephone in the browser. What it does in a call the desk says: it answers when the desk has
// told the telephone system to, and is over when the call is.

export type PhoneState =
  | 'off'
  | 'connecting'
  | 'ready'
  | 'lost'
  | 'other-page'
  | 'no-microphone'
  | 'not-secure'
  | 'refused';

export const phoneState = signal<PhoneState>('off');

/** Whether somebody is talked to by this page. */
const session = signal<RTCSession | null>(null);
export const talking = computed(() => session.value !== null);
export const muted = signal(false);

/** What the page is sending, while it is in a talk. */
export const sending = signal<MediaStream | null>(null);

/** With each network there are a few ways; more are not waited for. */
const GATHERS = 500;
const REGISTERED_FOR = 120;

/** By which a call says that it is to be answered at once. */
const ANSWERS = /;\s*answer-after=0\b/;

/** What the telephone system needs to have the caller on hold is a moment. */
const LONGEST_HOLD = 5000;
const RECONNECTS = { connection_recovery_min_interval: 1, connection_recovery_max_interval: 5 };

/** To be had again after the page was loaded anew. */
const TALK = 'sip:talk@switchroom.invalid';

let user = '';
let plan: PhonePlan;
let ua: UA | null = null;
let line: Line | null = null;
let letGo = () => {};
const ringing = new Set<RTCSession>();

/** Of several pages of one browser one is the telephone: when it is closed, the next. */
export function startPhone(name: string): void {
  if (phoneState.value !== 'off') return;
  user = name;
  if (!window.isSecureContext || !navigator.mediaDevices) {
    phoneState.value = 'not-secure';
    return;
  }
  navigator.mediaDevices.addEventListener('devicechange', () => void devicesChanged());
  addEventListener('online', () => line?.breakOff());
  take();
}

function take(steal = false): void {
  phoneState.value = 'other-page';
  void navigator.locks
    .request(
      `switchroom-phone-${user}`,
      steal ? { steal } : {},
      () =>
        new Promise<void>((release) => {
          letGo = release;
          void begin();
        }),
    )
    .catch(() => stop('other-page'));
}

/** This page is to be the telephone, whichever is now. */
export function takePhone(): void {
  if (phoneState.value === 'no-microphone' || phoneState.value === 'refused') void begin();
  else take(true);
}

async function begin(): Promise<void> {
  phoneState.value = 'connecting';
  try {
    // Asked for once, before anybody calls; and not listened to meanwhile.
    (await microphone()).getTracks().forEach((track) => track.stop());
  } catch {
    phoneState.value = 'no-microphone';
    return;
  }
  await listDevices();
  try {
    const response = await fetch('/api/phone');
    if (!response.ok) throw new Error(response.statusText);
    plan = (await response.json()) as PhonePlan;
    await connect();
  } catch {
    phoneState.value = 'lost';
    setTimeout(() => {
      if (phoneState.value === 'lost' && !ua) void begin();
    }, 3000);
  }
}

async function connect(): Promise<void> {
  const { default: JsSIP } = await import('./jssip');
  line = new Line({
    talks: resume,
    answer: (call) => void answer(call),
    taken: (loggedOut) => {
      stop(loggedOut ? 'off' : 'other-page');
      letGo();
      if (!loggedOut) phoneState.value = 'other-page';
    },
  });
  const made = new JsSIP.UA({
    sockets: line,
    uri: `sip:${plan.extension}@switchroom.invalid`,
    // The server proves who this is; what stands here goes nowhere.
    password: 'none',
    register_expires: REGISTERED_FOR,
    session_timers: false,
    user_agent: 'Switchroom',
    ...RECONNECTS,
  });
  ua = made;
  made.on('registered', () => {
    phoneState.value = 'ready';
    mend();
  });
  made.on('disconnected', () => {
    if (ua === made && phoneState.value !== 'other-page') phoneState.value = 'lost';
  });
  made.on('registrationFailed', ({ response }) => {
    if (ua === made && response) phoneState.value = 'refused';
  });
  made.on('newRTCSession', ({ session: come, originator, request }: RTCSessionEvent) => {
    if (originator !== ('remote' as typeof originator)) return;
    rings(come);
    if (ANSWERS.test(request.getHeader('Call-Info')) && !session.value) void pickUp(come);
  });
  made.start();
}

function stop(state: PhoneState): void {
  const was = ua;
  ua = null;
  line?.disconnect();
  line = null;
  ringing.clear();
  stopRinging();
  over(session.value);
  // Nobody is told: the line is another page's.
  was?.stop();
  phoneState.value = state;
}

function rings(come: RTCSession): void {
  ringing.add(come);
  ring();
  const done = () => {
    ringing.delete(come);
    if (ringing.size === 0) stopRinging();
  };
  come.on('accepted', done);
  come.on('failed', done);
  come.on('ended', done);
  follow(come);
}

/** The call's sound, from its beginning to its end. */
function follow(one: RTCSession): void {
  let gathered: ReturnType<typeof setTimeout> | undefined;
  one.on('icecandidate', ({ ready }) => {
    gathered ??= setTimeout(ready, GATHERS);
  });
  const listen = (connection: RTCPeerConnection) => {
    connection.addEventListener('track', ({ streams, track }) => {
      void hear(streams[0] ?? new MediaStream([track]));
    });
    connection.addEventListener('iceconnectionstatechange', () => {
      if (connection.iceConnectionState === 'failed') mend();
    });
  };
  if (one.connection) listen(one.connection);
  else one.on('peerconnection', ({ peerconnection }) => listen(peerconnection));
  one.on('accepted', () => {
    session.value = one;
    muted.value = false;
  });
  one.on('failed', () => over(one));
  one.on('ended', () => over(one));
}

function over(one: RTCSession | null): void {
  if (!one || session.value !== one) return;
  session.value = null;
  muted.value = false;
  quiet();
  hearNothing();
}

function quiet(): void {
  sending.value?.getTracks().forEach((track) => track.stop());
  sending.value = null;
}

const answering = () => ({
  mediaStream: sending.value!,
  pcConfig: {
    iceServers: plan.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username && credential ? { username, credential } : {}),
    })),
  },
});

async function speak(): Promise<boolean> {
  quiet();
  try {
    sending.value = await microphone();
    sending.value.getAudioTracks()[0]!.onended = () => void devicesChanged();
    return true;
  } catch {
    phoneState.value = 'no-microphone';
    return false;
  }
}

async function answer(call: string): Promise<void> {
  // JsSIP's own name of a call begins with the call's.
  const come = [...ringing].find((one) => one.id.startsWith(call));
  if (come) await pickUp(come);
}

async function pickUp(come: RTCSession): Promise<void> {
  // Told twice, it answers once.
  if (!ringing.delete(come)) return;
  if (!(await speak())) come.terminate({ status_code: 480 });
  else if (come.isInProgress()) come.answer(answering());
}

/** A call of the page before, which this one wants to have, and how far it is. */
const wanted = signal<'no' | 'yes' | 'asked'>('no');
let tries = 0;

/** So often; then the agent has to hang up. */
const MOST_TRIES = 3;
const PAUSE = 1000;

function resume(): void {
  tries = 0;
  wanted.value = 'yes';
}

/**
 * The page was loaded again: the talk is still there, and wants this page's sound. The caller hears
 * music until it is.
 */
effect(() => {
  const call = voice.value;
  if (phoneState.value !== 'ready' || !call || wanted.value !== 'yes') return;
  const { state, asks, conference } = call.view;
  if (asks || conference || (state !== 'talking' && state !== 'hold')) return;
  wanted.value = 'asked';
  void untracked(() => has(call.contact, state === 'talking'));
});

async function has(contact: string, talks: boolean): Promise<void> {
  const reply = await act({ type: 'moveTalk', contact });
  if (!reply.ok || !(await isOnHold(contact)) || !(await speak())) return again();
  const options = { mediaConstraints: { audio: true, video: false } };
  const talk = ua!.call(TALK, { ...answering(), ...options });
  follow(talk);
  talk.on('failed', again);
  talk.on('confirmed', () => {
    wanted.value = 'no';
    if (talks) void act({ type: 'retrieve', contact });
  });
}

function again(): void {
  if (wanted.peek() !== 'asked') return;
  setTimeout(() => (wanted.value = ++tries < MOST_TRIES ? 'yes' : 'no'), PAUSE);
}

/** By then the telephone system has taken the two apart. */
function isOnHold(contact: string): Promise<boolean> {
  return new Promise((known) => {
    const late = setTimeout(() => done(false), LONGEST_HOLD);
    const stop = effect(() => {
      const { value } = voice;
      if (value?.contact !== contact) return;
      if (value.view.state === 'hold') queueMicrotask(() => done(true));
    });
    const done = (is: boolean) => {
      clearTimeout(late);
      stop();
      known(is);
    };
  });
}

/** The network was away, or is another: both sides look for a way anew. */
function mend(): void {
  const talk = session.value;
  if (!talk?.isEstablished() || !line?.isConnected()) return;
  const way = talk.connection.iceConnectionState;
  if (way === 'connected' || way === 'completed') return;
  talk.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
}

export function mute(on: boolean): void {
  const talk = session.value;
  if (!talk) return;
  if (on) talk.mute({ audio: true });
  else talk.unmute({ audio: true });
  muted.value = on;
}

/** Another device was chosen, or one came or went. */
export async function devicesChanged(): Promise<void> {
  await listDevices();
  await outputs();
  const talk = session.value;
  if (!talk) return;
  const before = sending.value;
  try {
    const fresh = await microphone();
    const [track] = fresh.getAudioTracks();
    await talk.connection.getSenders()[0]?.replaceTrack(track!);
    track!.enabled = !muted.value;
    track!.onended = () => void devicesChanged();
    before?.getTracks().forEach((one) => {
      one.onended = null;
      one.stop();
    });
    sending.value = fresh;
  } catch {
    // What was there goes on.
  }
}
