import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { act, goReady } from '../contact/act';
import { inHand, selected, settling, shown, voice, type Contact } from '../contact/contacts';
import { dismiss, tooLate } from '../contact/drafts';
import { Note } from '../contact/note';
import type { AgentView, InHandView } from '../generated/wire';
import { Dialer, Dialing } from '../dial/dialer';
import { Keypad } from '../keypad/keypad';
import { me, notice, now, pbxConnected, queues } from '../socket/live';
import { Park, Parked } from '../park/park';
import { BrowserPhone, Mute } from '../phone/browser-phone';
import { Pop } from '../pop/pop';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say, sayIfKnown } from '../shared/words';
import { Task } from '../tasks/tasks';
import { Asks } from '../transfer/asks';
import { Transfer } from '../transfer/transfer';
import { TellOutside } from './attention';
import { followFocus } from './focus';
import { Seat } from './seat';
import './desk.css';

const REASONS = ['break', 'lunch', 'training'];

export function Desk() {
  useEffect(followFocus, []);
  const view = me.value;
  if (!view) return <main class="desk" />;
  return (
    <main class="desk">
      <aside>
        <StateCard view={view} />
        <BrowserPhone />
        <InHand />
        <Parked />
        <Dialer />
        <Queues />
      </aside>
      <section class="work">
        {/* First, and what comes and goes below: nothing moves a control under the hand. */}
        {voice.value && <Controls key={voice.value.contact} contact={voice.value} />}
        {voice.value?.view.asks && (
          <Asks
            contact={voice.value.contact}
            asks={voice.value.view.asks}
            conference={voice.value.view.conference}
            dead={settling.value.has(voice.value.contact) || !pbxConnected.value}
          />
        )}
        <p class="notice" role="alert">
          {notice}
        </p>
        {voice.value && !pbxConnected.value && (
          <p class="fault" role="status" data-link="lost">
            {say('pbxLost')}
          </p>
        )}
        <TooLate />
        {voice.value && <Held contact={voice.value} />}
        {voice.value && <Dialing contact={voice.value} />}
        {shown.value?.wrapUp?.returned && (
          <p class="card held" role="status" data-returned>
            {say('heldReturned')}
          </p>
        )}
        {view.supervised && (
          <p class="card supervised" role="status" data-supervised={view.supervised}>
            {say(`supervised-${view.supervised}`)}
          </p>
        )}
        <Shown view={view} />
      </section>
    </main>
  );
}

/** Ready already, or busy with nothing pending: nothing to do. */
function canGoReady(view: AgentView): boolean {
  return view.state === 'not-ready' || view.state === 'wrap-up' || view.pending !== '';
}

function StateCard({ view }: { view: AgentView }) {
  const pending = view.pending.replace('not-ready:', '');
  const can = canGoReady(view);
  const { busy, once } = useOnce();
  // Nobody has answered there yet.
  const calls =
    view.state === 'talking' && (voice.value?.view.dials?.progress ?? 'reached') !== 'reached';
  return (
    <div class={`card state state-${view.state}`} data-state={view.state}>
      <h2 class="state-name" tabIndex={-1}>
        {say(calls ? 'dials-initiated' : view.state)}
      </h2>
      <div class="timer">{duration(now.value - view.since)}</div>
      <div class="buttons">
        <button
          class={`primary ${can ? '' : 'cannot'}`}
          data-do="ready"
          aria-disabled={!can || busy.value}
          onClick={() => {
            if (can) once(goReady);
          }}
        >
          {say('goReady')}
        </button>
        {REASONS.map((reason) => (
          <button
            key={reason}
            data-do={`not-ready-${reason}`}
            onClick={() => void act({ type: 'goNotReady', reason })}
          >
            {sayIfKnown('reason-' + reason, reason)}
          </button>
        ))}
      </div>
      {/* Below the buttons, which keep their places. */}
      {view.reason && <div>{sayIfKnown('reason-' + view.reason, view.reason)}</div>}
      {pending && (
        <div class="pending">
          {view.pending === 'log-out' ? say('logOut') : sayIfKnown('reason-' + pending, pending)} ·{' '}
          {say('afterCall')}
        </div>
      )}
      <Seat view={view} />
      <TellOutside />
    </div>
  );
}

/** What the agent has in hand, where it is more than one: any of it can be shown. */
function InHand() {
  if (inHand.value.length < 2) return null;
  return (
    <nav class="card in-hand" aria-label={say('inHand')}>
      {inHand.value.map(({ contact, view, task }) => (
        <button
          key={contact}
          class={`state-${view.state}`}
          data-contact={contact}
          data-state={view.state}
          aria-current={shown.value?.contact === contact}
          onClick={() => (selected.value = contact)}
        >
          <b>{view.customer || say('hiddenNumber')}</b>
          <span>
            {say(view.call ? 'call' : (task?.kind ?? 'task'))} · {say(view.state)}
          </span>
          <span class="timer">{duration(now.value - view.since)}</span>
        </button>
      ))}
    </nav>
  );
}

function Shown({ view }: { view: AgentView }) {
  const contact = shown.value;
  if (!contact) return <Nobody view={view} />;
  if (contact.task) return <Task key={contact.contact} contact={contact} task={contact.task} />;
  if (!contact.pop) return null;
  return (
    <div class="contact" key={contact.contact}>
      <Note contact={contact} dispositions={contact.pop.dispositions} />
      <Pop
        pop={contact.pop}
        consulted={contact.view.consulted}
        conference={contact.view.conference}
        made={Boolean(contact.view.dials)}
      />
    </div>
  );
}

/** A caller whom the agent may have forgotten. It is said again with each reminder, and not each second. */
function Held({ contact }: { contact: Contact }) {
  const { view } = contact;
  if (view.state !== 'hold' || view.reminded === 0) return null;
  return (
    <p class="card held" data-reminded={view.reminded}>
      <b role="alert" key={view.reminded}>
        {say('heldLong')} {view.customer}
      </b>
      <span class="timer">{duration(now.value - view.since)}</span>
      {view.until && (
        <span>
          {say('heldBack')} <span class="timer">{duration(view.until - now.value)}</span>
        </span>
      )}
    </p>
  );
}

/** Whether the agent is with somebody who hears what is keyed: the caller, or a number they ask. */
function hearsKeys({ state, dials, asks, conference }: InHandView): boolean {
  if (state === 'talking') return !dials || dials.progress === 'reached';
  const withAsked = state === 'hold' && !conference && asks?.withCaller === false;
  return withAsked && asks.outside && asks.progress === 'talking';
}

/** Each has its place, whatever the call does; a click right after a change was meant for before. */
function Controls({ contact }: { contact: Contact }) {
  const { view } = contact;
  const { busy, once } = useOnce();
  // Without the link nothing can be done, and it is said.
  const dead = settling.value.has(contact.contact) || busy.value || !pbxConnected.value;
  const reached = !view.dials || view.dials.progress === 'reached';
  const prompting = view.dials?.progress === 'prompting';
  // Who calls somebody can hang up before there is anybody to do the rest with.
  const inTalk = view.state === 'talking' || view.state === 'hold';
  const live = inTalk && reached;
  const offered = view.state === 'offered' || view.state === 'ringing';
  // Music in the place of who is asked would be heard by all.
  const mayLeave = !(view.consulted && view.conference);
  const control = (type: 'answer' | 'decline' | 'hangUp' | 'hold' | 'retrieve', can: boolean) => ({
    'aria-disabled': dead || !can,
    class: can ? '' : 'cannot',
    onClick: () => {
      if (!dead && can) once(() => act({ type, contact: contact.contact }));
    },
  });
  const byHand = me.value?.answersAtPhone;
  const answer = control('answer', (view.state === 'ringing' || prompting) && !byHand);
  // As at a telephone: the same key ends a talk, or a ring.
  const hangUp = offered ? control('decline', true) : control('hangUp', inTalk);
  const mayRetrieve = !view.heldOnPhone;
  return (
    <div class="controls" role="toolbar" data-contact={contact.contact}>
      <button
        {...answer}
        class={`answer ${answer.class}`}
        data-do="answer"
        aria-keyshortcuts={byHand ? undefined : 'Control+Enter'}
        title={byHand ? undefined : 'Ctrl+Enter'}
      >
        {say(byHand ? 'answerAtPhone' : 'answer')}
      </button>
      {view.state === 'hold' ? (
        <button
          {...control('retrieve', mayRetrieve)}
          class={mayRetrieve ? 'primary' : 'cannot'}
          data-do="retrieve"
          title={mayRetrieve ? undefined : say('refused-held-on-phone')}
        >
          {say('retrieve')}
        </button>
      ) : (
        <button
          {...control('hold', view.state === 'talking' && reached && mayLeave)}
          data-do="hold"
          title={mayLeave ? undefined : say('conferenceMayNot')}
        >
          {say('putOnHold')}
        </button>
      )}
      <Mute />
      <Keypad
        contact={contact.contact}
        can={hearsKeys(view) && pbxConnected.value && !settling.value.has(contact.contact)}
      />
      <Transfer
        contact={contact.contact}
        can={live && !dead && mayLeave}
        cannot={mayLeave ? undefined : say('conferenceMayNot')}
        canAsk={live && !view.asks && !view.consulted}
      />
      <Park contact={contact.contact} can={live && !dead && !view.consulted} />
      <button
        {...hangUp}
        class={`hang-up ${hangUp.class}`}
        data-do={offered ? 'decline' : 'hang-up'}
      >
        {say(offered ? 'decline' : 'hangUp')}
      </button>
      {live && !view.consulted && <EndAbusive contact={contact.contact} />}
      <Recording contact={contact} dead={dead} />
      {shown.value?.contact !== contact.contact && <b>{view.customer}</b>}
      <span class="timer">{duration(now.value - view.since)}</span>
    </div>
  );
}

/** Whether the talk is recorded, since when, and what can be done about it. */
function Recording({ contact, dead }: { contact: Contact; dead: boolean }) {
  const { recording, mayRecord } = contact.view;
  const { busy, once } = useOnce();
  const off = dead || busy.value;
  const control = (type: 'startRecording' | 'pauseRecording' | 'resumeRecording') => ({
    'aria-disabled': off,
    onClick: () => {
      if (!off) once(() => act({ type, contact: contact.contact }));
    },
  });
  if (!recording) {
    return mayRecord ? (
      <button {...control('startRecording')} data-do="record">
        {say('record')}
      </button>
    ) : null;
  }
  return (
    <>
      <span
        class={`recording ${recording.paused ? 'paused' : 'on'}`}
        role="status"
        data-recording={recording.paused ? 'paused' : 'on'}
      >
        {say(recording.paused ? 'recordingPaused' : 'recording')}{' '}
        <span class="timer" aria-hidden="true">
          {duration(now.value - recording.since)}
        </span>
      </span>
      {recording.paused ? (
        <button
          {...control('resumeRecording')}
          data-do="record-resume"
          aria-label={say('recordResume')}
          title={say('recordResume')}
        >
          {say('recordResumeShort')}
        </button>
      ) : (
        <button
          {...control('pauseRecording')}
          data-do="record-pause"
          aria-label={say('recordPause')}
          title={say('recordPause')}
        >
          {say('recordPauseShort')}
        </button>
      )}
    </>
  );
}

/** Nobody ends a call so by accident: it is opened, a reason is written, and then it is sent. */
function EndAbusive({ contact }: { contact: string }) {
  const open = useSignal(false);
  const reason = useSignal('');
  const { busy, once } = useOnce();
  if (!open.value) {
    return (
      <button class="abusive" data-do="abusive" onClick={() => (open.value = true)}>
        {say('abusive')}…
      </button>
    );
  }
  return (
    <form
      class="abusive"
      onSubmit={(event) => {
        event.preventDefault();
        once(() => act({ type: 'endAbusiveCall', contact, reason: reason.value }));
      }}
    >
      <input
        name="abuse"
        required
        maxLength={200}
        placeholder={say('abusiveReason')}
        aria-label={say('abusiveReason')}
        value={reason}
        onInput={(event) => (reason.value = event.currentTarget.value)}
      />
      <button type="button" onClick={() => (open.value = false)}>
        {say('cancel')}
      </button>
      <button class="hang-up" data-do="end-abusive" disabled={busy}>
        {say('abusiveEnd')}
      </button>
    </form>
  );
}

/** Notes that were still being typed when their contact was over. */
function TooLate() {
  return (
    <>
      {tooLate.value.map((note) => (
        <div class="card too-late" role="alert" key={note}>
          <p>{say('tooLate')}</p>
          <textarea readOnly rows={2} value={note} aria-label={say('note')} />
          <button data-do="dismiss" onClick={() => dismiss(note)}>
            {say('dismiss')}
          </button>
        </div>
      ))}
    </>
  );
}

function Nobody({ view }: { view: AgentView }) {
  return (
    <div class="nobody">
      <h2>{say('waitingForCall')}</h2>
      <p>{say(view.state === 'ready' ? 'noCallReady' : 'noCallNotReady')}</p>
      {!pbxConnected.value && <p class="fault">{say('pbxLost')}</p>}
    </div>
  );
}

/** The queues in the corner of the desk. */
function Queues() {
  return (
    <table class="card queues">
      <thead>
        <tr>
          <th>{say('queue')}</th>
          <th>{say('waiting')}</th>
          <th>{say('longestWait')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.value.map((queue) => (
          <tr key={queue.queue} class={queue.waiting > 0 ? 'busy' : ''}>
            <td>{queue.title}</td>
            <td>{queue.waiting}</td>
            <td>{queue.oldest ? duration(now.value - queue.oldest) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
