import { effect, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { act } from '../contact/act';
import { inHand } from '../contact/contacts';
import { flush, forgetDrafts } from '../contact/drafts';
import { say } from '../shared/words';
import { forgetMe, me } from '../socket/live';
import './leaving.css';

// The way out. Whoever has something in hand is asked what is to become of it.

/** What is typed is saved before somebody leaves, where the server answers. */
const MOST_WAIT = 1000;

type Where = 'here' | 'everywhere';

/** Wants to leave, and is asked; null: nobody does. */
const asked = signal<Where | null>(null);

export function logOut(where: Where): void {
  if (inHand.peek().length > 0) asked.value = where;
  else void leave(where);
}

async function leave(where: Where): Promise<void> {
  await Promise.race([flush(), new Promise((enough) => setTimeout(enough, MOST_WAIT))]);
  forgetDrafts();
  forgetMe();
  await fetch(where === 'everywhere' ? '/api/logout-everywhere' : '/api/logout', {
    method: 'POST',
  });
  location.assign('/');
}

/** The agent is to go when they are done; each of their screens goes with them. */
let goes = false;
effect(() => {
  const view = me.value;
  if (!view) return;
  if (goes && view.state === 'logged-out') void leave('here');
  goes = view.pending === 'log-out';
});

async function whenDone(): Promise<void> {
  const reply = await act({ type: 'logOut' });
  if (reply.ok && inHand.peek().length === 0) await leave('here');
  asked.value = null;
}

export function Leaving() {
  if (!asked.value) return null;
  return <Question where={asked.value} />;
}

function Question({ where }: { where: Where }) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <div
      class="leaving"
      role="alertdialog"
      aria-labelledby="leaving-what"
      onKeyDown={(event) => {
        if (event.key === 'Escape') asked.value = null;
      }}
    >
      <p id="leaving-what">
        <b>{say('leavingInHand')}</b>{' '}
        {inHand.value.map(({ contact, view }) => (
          <span key={contact}>
            <bdi>{view.customer || say('hiddenNumber')}</bdi> · {say(view.state)}
          </span>
        ))}
      </p>
      <button ref={first} data-do="stay" onClick={() => (asked.value = null)}>
        {say('leavingStay')}
      </button>
      {where === 'here' && (
        <button class="primary" data-do="leave-when-done" onClick={() => void whenDone()}>
          {say('leavingWhenDone')}
        </button>
      )}
      <button class="hang-up" data-do="leave-now" onClick={() => void leave(where)}>
        {say('leavingNow')}
      </button>
      <small>{say('leavingNowMeans')}</small>
    </div>
  );
}
