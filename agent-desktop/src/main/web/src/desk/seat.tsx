import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { act } from '../contact/act';
import type { AgentView, Seats } from '../generated/wire';
import { useOnce } from '../shared/once';
import { typedSearch } from '../shared/typed-search';
import { say } from '../shared/words';
import './seat.css';

const PAUSE = 250;

/** The phone that stands beside this computer, as far as is known: where somebody sat here last. */
const LAST = 'switchroom-seat';

/** As people call it: `3001` of `PJSIP/3001`. */
const extension = (phone: string): string => phone.slice(phone.indexOf('/') + 1);

/** Which phone is the agent's, whether it could ring, and another, where there is one to choose. */
export function Seat({ view }: { view: AgentView }) {
  const open = useSignal(false);
  const nowhere = view.sitsAt === '' && view.choosesPhone && view.state !== 'logged-out';
  return (
    <div class="seat" data-sits-at={view.sitsAt}>
      <div class={`phone phone-${view.sitsAt === '' ? 'UNKNOWN' : view.phone}`}>
        {view.sitsAt === '' ? (
          <b role="alert">{say('seatNone')}</b>
        ) : (
          <>
            {say('phone')} {extension(view.sitsAt)}: {say(`phone-${view.phone}`)}
          </>
        )}
      </div>
      {view.choosesPhone && !nowhere && (
        <button
          data-do="seat"
          aria-expanded={open.value}
          onClick={() => (open.value = !open.value)}
        >
          {say('seatOther')}
        </button>
      )}
      {(open.value || nowhere) && <Choice view={view} close={() => (open.value = false)} />}
    </div>
  );
}

function Choice({ view, close }: { view: AgentView; close: () => void }) {
  const search = useMemo(() => typedSearch<Seats>('/api/seats', PAUSE, () => true), []);
  const { busy, once } = useOnce();
  useEffect(() => {
    void search.look();
    return () => search.stop();
  }, []);
  const sit = (phone: string) =>
    once(async () => {
      const reply = await act({ type: 'sitAt', phone });
      if (!reply.ok) return;
      localStorage.setItem(LAST, phone);
      close();
    });
  const found = search.found.value;
  const last = localStorage.getItem(LAST);
  const desks = [...(found?.desks ?? [])].sort(
    (a, b) => Number(b.phone === last) - Number(a.phone === last),
  );
  return (
    <div
      class="seats"
      role="search"
      aria-label={say('seatOther')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <input
        type="search"
        name="seat"
        autocomplete="off"
        maxLength={80}
        placeholder={say('seatSearch')}
        aria-label={say('seatSearch')}
        value={search.text}
        onInput={(event) => search.type(event.currentTarget.value, event.isComposing)}
        onCompositionEnd={(event) => search.type(event.currentTarget.value)}
      />
      <p class="fault" role="alert">
        {search.fault}
      </p>
      <ul>
        {found?.own.map((phone) => (
          <li key={phone}>
            <button
              data-seat={phone}
              disabled={busy.value || phone === view.sitsAt}
              onClick={() => sit(phone)}
            >
              <b>{extension(phone)}</b> <small>{say('seatOwn')}</small>
            </button>
          </li>
        ))}
        {desks.map((desk) => (
          <li key={desk.phone}>
            <button
              data-seat={desk.phone}
              disabled={busy.value || desk.phone === view.sitsAt}
              onClick={() => sit(desk.phone)}
            >
              <b>{extension(desk.phone)}</b>{' '}
              <small>
                {desk.by || say(`phone-${desk.state}`)}
                {desk.phone === last && ` · ${say('seatLast')}`}
              </small>
            </button>
          </li>
        ))}
        {found && found.own.length + desks.length === 0 && <li>{say('seatNothing')}</li>}
        {found?.more && <li>{say('searchMore')}</li>}
      </ul>
    </div>
  );
}
