import { computed, effect, signal } from '@preact/signals';
import { inHand, type Contact } from '../contact/contacts';
import { phoneState } from '../phone/phone';
import { chime, ring, stopRinging } from '../phone/sound';
import { language, say, sayIfKnown } from '../shared/words';
import { hello, me } from '../socket/live';
import './attention.css';

// What is offered is told wherever the agent looks: by the page's title, a bar on the other pages, a
// sound, and outside the window. Titles and notifications are kept by browsers and systems, so no
// customer is in them.

const isOffered = ({ view }: Contact) => view.state === 'ringing' || view.state === 'offered';

/** What waits for the agent's answer. */
const offered = computed(() => inHand.value.filter(isOffered));

const about = ({ view, task }: Contact): string =>
  `${say(view.call ? 'call' : (task?.kind ?? 'task'))}: ${say(view.state)} · ${view.queueTitle}`;

effect(() => {
  if (!hello.value) return;
  const { title } = hello.value;
  const [first] = offered.value;
  document.title = first ? `● ${about(first)} – ${title}` : title;
});

// ── Sound, and outside the window ─────────────────────────────────────────────────────────────

/** Of several pages of one browser one tells; here is what it has told last. */
const KEY = 'switchroom-told';

/** The page that is looked at says so first. */
const OTHERS_WAIT = 100;
const SPREAD = 200;

function isFirst(offer: string): boolean {
  try {
    if (localStorage.getItem(KEY) === offer) return false;
    localStorage.setItem(KEY, offer);
  } catch {
    // Then each page tells.
  }
  return true;
}

/** The browser's telephone rings by itself, on whichever page it is. */
const phoneRings = () => ['ready', 'connecting', 'other-page'].includes(phoneState.peek());

const notifications = new Map<string, Notification>();

/** The contact for which this page sounds. */
let sounds = '';

function sound(one: Contact): void {
  if (!one.view.call) chime();
  else if (!phoneRings()) {
    sounds = one.contact;
    ring();
  }
}

function quiet(): void {
  if (sounds) stopRinging();
  sounds = '';
}

function notify(one: Contact, toDesk: () => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(hello.peek()!.title, {
    body: about(one),
    tag: `switchroom-${one.contact}`,
    lang: language.peek(),
  });
  notification.onclick = () => {
    window.focus();
    toDesk();
    notification.close();
  };
  notifications.set(one.contact, notification);
}

/** @param isDesk whether this page is the desk now */
export function tellOffers(isDesk: () => boolean, toDesk: () => void): () => void {
  const isLookedAt = () =>
    isDesk() && document.visibilityState === 'visible' && document.hasFocus();
  let known = new Set<string>();

  const tell = (one: Contact) => {
    const offer = `${one.contact} ${one.view.since}`;
    if (isLookedAt()) {
      isFirst(offer);
      // A phone rings for a call.
      if (!one.view.call) chime();
      return;
    }
    setTimeout(
      () => {
        if (!offered.peek().some(({ contact }) => contact === one.contact)) return;
        if (!isFirst(offer)) return;
        sound(one);
        notify(one, toDesk);
      },
      OTHERS_WAIT + SPREAD * Math.random(),
    );
  };

  const stop = effect(() => {
    const before = known;
    known = new Set(offered.value.map(({ contact }) => contact));
    for (const contact of before) {
      if (known.has(contact)) continue;
      notifications.get(contact)?.close();
      notifications.delete(contact);
      if (sounds === contact) quiet();
    }
    offered.value.filter(({ contact }) => !before.has(contact)).forEach(tell);
  });
  // Whoever comes to the desk has heard it.
  const looks = () => {
    if (isLookedAt()) quiet();
  };
  addEventListener('focus', looks);
  document.addEventListener('visibilitychange', looks);
  return () => {
    stop();
    quiet();
    removeEventListener('focus', looks);
    document.removeEventListener('visibilitychange', looks);
  };
}

const mayAsk = signal(
  'Notification' in window && window.isSecureContext && Notification.permission === 'default',
);

/** Browsers ask only whoever has clicked. */
export function TellOutside() {
  if (!mayAsk.value) return null;
  const ask = async () => {
    await Notification.requestPermission();
    mayAsk.value = Notification.permission === 'default';
  };
  return (
    <button class="quiet" data-do="notify" onClick={() => void ask()}>
      {say('notifyOutside')}
    </button>
  );
}

// ── In the page ───────────────────────────────────────────────────────────────────────────────

/** On another page than the desk. */
export function Offered({ toDesk }: { toDesk: () => void }) {
  return (
    <>
      {offered.value.map((one) => (
        <div class="offered" role="alert" key={one.contact} data-offered={one.contact}>
          <b>{about(one)}</b> <bdi>{one.view.customer || say('hiddenNumber')}</bdi>
          <button
            class="primary"
            data-do="to-desk"
            onClick={() => {
              quiet();
              toDesk();
            }}
          >
            {say('toDesk')}
          </button>
        </div>
      ))}
    </>
  );
}

/** What has happened, in a sentence: also that it is known by now who calls. */
const happened = signal('');
let states = new Map<string, string>();
let presence = '';
const situation = ({ view }: Contact) => `${view.state} ${view.customer}`;

effect(() => {
  const view = me.value;
  if (!view) return;
  const before = states;
  states = new Map(inHand.value.map((one) => [one.contact, situation(one)]));
  const news = inHand.value
    .filter((one) => before.get(one.contact) !== situation(one))
    .map((one) => `${about(one)}, ${one.view.customer || say('hiddenNumber')}`);
  const now = [
    say(view.state),
    view.reason && sayIfKnown('reason-' + view.reason, view.reason),
  ].filter(Boolean);
  if (news.length === 0 && presence !== now.join() && inHand.value.length === 0) {
    news.push(now.join(', '));
  }
  presence = now.join();
  if (news.length > 0) happened.value = news.join('. ');
});

/** For who does not see it. */
export function Happened() {
  return (
    <p class="unseen" role="status" data-happened>
      {happened}
    </p>
  );
}
