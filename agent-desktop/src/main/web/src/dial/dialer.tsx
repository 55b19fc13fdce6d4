import { useEffect, useRef } from 'preact/hooks';
import { noOtherCall, type Contact } from '../contact/contacts';
import type { DialsView } from '../generated/wire';
import { now } from '../socket/live';
import { duration } from '../shared/format';
import { isNumber } from '../shared/number';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import { canDial, canTakeTelLinks, dial, givenNumber, mayCall, takeTelLinks, typed } from './dial';
import './dialer.css';

/**
 * A number that a click calls; while the agent is in a call it is put where it can be called later.
 *
 * @param number empty: it is hidden
 * @param about the contact for whose sake, where there is one: whoever is called sees the number by
 *   which it came
 */
export function Number({ number, about }: { number: string; about?: string }) {
  const { busy, once } = useOnce();
  if (!number) return <>{say('hiddenNumber')}</>;
  return (
    <a
      class="number"
      href={'tel:' + number}
      data-dial={number}
      title={canDial() ? say('dialThis') : undefined}
      onClick={(event) => {
        // The browser's own way could load this page anew, with a telephone in it.
        if (!mayCall()) return;
        event.preventDefault();
        if (!canDial()) typed.value = number;
        else if (!busy.value) once(() => dial(number, about));
      }}
    >
      {number}
    </a>
  );
}

/** Calls a number that is typed, or that a link of another page has brought. */
export function Dialer() {
  const field = useRef<HTMLInputElement>(null);
  const { busy, once } = useOnce();
  useEffect(() => {
    const given = givenNumber(location.search);
    if (!given) return;
    typed.value = given;
    history.replaceState(null, '', '/desk');
    field.current?.focus();
  }, []);
  const can = isNumber(typed.value) && canDial() && !busy.value;
  const cannot = noOtherCall();
  return (
    <form
      class="card dialer"
      aria-label={say('dialer')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!can) return;
        once(async () => {
          if (await dial(typed.value)) typed.value = '';
          else field.current?.focus();
        });
      }}
    >
      <label>
        {say('dialer')}
        <input
          type="tel"
          name="dial"
          autocomplete="off"
          maxLength={40}
          ref={field}
          value={typed}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
      </label>
      <button
        class={can ? 'primary' : 'cannot'}
        data-do="dial"
        aria-disabled={!can}
        title={cannot && say(cannot)}
      >
        {say('dial')}
      </button>
      {canTakeTelLinks && (
        <button type="button" class="quiet" data-do="tel-links" onClick={takeTelLinks}>
          {say('telLinks')}
        </button>
      )}
    </form>
  );
}

/** How far the number is that the agent has called; said once for each step, and before it ends. */
export function Dialing({ contact: { view } }: { contact: Contact }) {
  if (!view.dials || view.state === 'wrap-up') return null;
  if (view.dials.progress === 'reached') return <Ends dials={view.dials} />;
  const { progress, since } = view.dials;
  return (
    <p class="card dialing" data-dials={progress}>
      <b role="status">
        {say(`dials-${progress}`)} <bdi>{view.customer}</bdi>
      </b>
      <span class="timer">{duration(now.value - since)}</span>
    </p>
  );
}

/** That the call ends soon, and when: the telephone system ends it. */
function Ends({ dials: { warns, ends } }: { dials: DialsView }) {
  if (warns === undefined || ends === undefined || now.value < warns) return null;
  return (
    <p class="card dialing" data-ends>
      <b role="alert">{say('dials-end')}</b>
      <span class="timer">{duration(Math.max(0, ends - now.value))}</span>
    </p>
  );
}
