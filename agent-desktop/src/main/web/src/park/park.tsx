import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { act } from '../contact/act';
import { noOtherCall } from '../contact/contacts';
import type { ParkedCaller } from '../generated/wire';
import { now, parked } from '../socket/live';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import './park.css';

/** The caller waits for whoever picks them up; why is for them. */
export function Park({ contact, can }: { contact: string; can: boolean }) {
  const open = useSignal(false);
  return (
    <>
      <button
        class={can ? '' : 'cannot'}
        data-do="park"
        aria-disabled={!can}
        aria-expanded={open.value}
        onClick={() => {
          if (can || open.value) open.value = !open.value;
        }}
      >
        {say('park')}
      </button>
      {open.value && <Why contact={contact} can={can} close={() => (open.value = false)} />}
    </>
  );
}

function Why({ contact, can, close }: { contact: string; can: boolean; close: () => void }) {
  const why = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  // Where they look and type next.
  useLayoutEffect(() => field.current?.focus(), []);
  const { busy, once } = useOnce();
  return (
    <form
      class="card park"
      aria-label={say('park')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!can) return;
        once(async () => {
          const reply = await act({ type: 'park', contact, why: why.value });
          if (reply.ok) close();
          else field.current?.focus();
        });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <label>
        {say('parkWhy')}
        <input
          name="park-why"
          autocomplete="off"
          maxLength={200}
          ref={field}
          value={why}
          onInput={(event) => (why.value = event.currentTarget.value)}
        />
      </label>
      <button class="primary" data-do="park-now" disabled={busy.value || !can}>
        {say('parkNow')}
      </button>
    </form>
  );
}

/** Callers whom colleagues have parked, and the agent may serve. */
export function Parked() {
  const all = parked.value;
  if (!all || all.callers.length === 0) return null;
  return (
    <section class="card parked" aria-label={say('parked')}>
      <h2>{say('parked')}</h2>
      <ul>
        {all.callers.map((caller) => (
          <Caller key={caller.contact} caller={caller} />
        ))}
      </ul>
      {all.more > 0 && (
        <p class="nothing">
          {say('parkedMore')} {all.more}
        </p>
      )}
    </section>
  );
}

function Caller({ caller }: { caller: ParkedCaller }) {
  const { busy, once } = useOnce();
  const cannot = noOtherCall();
  const can = !cannot;
  return (
    <li data-parked={caller.contact}>
      <b>
        <bdi>{caller.customer || say('hiddenNumber')}</bdi>
      </b>
      <span class="timer">{duration(now.value - caller.since)}</span>
      <small>
        {caller.queueTitle} · {say('parkedBy')} <bdi>{caller.by}</bdi>
      </small>
      {caller.why && (
        <p class="why">
          “<bdi>{caller.why}</bdi>”
        </p>
      )}
      <button
        class={can ? 'primary' : 'cannot'}
        data-do="pick-up"
        aria-disabled={busy.value || !can}
        title={cannot && say(cannot)}
        onClick={() => {
          if (can && !busy.value) once(() => act({ type: 'pickUp', contact: caller.contact }));
        }}
      >
        {say('pickUp')}
      </button>
    </li>
  );
}
