import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { act } from '../contact/act';
import type { Colleague, Destination, DirectoryCustomer, FromDesk } from '../generated/wire';
import { hello, now } from '../socket/live';
import { duration } from '../shared/format';
import { isNumber } from '../shared/number';
import { useOnce } from '../shared/once';
import { refusal, say, sayIfKnown } from '../shared/words';
import { lookup, lookupCustomers } from './directory';
import './transfer.css';

/** What is to be done with whom they have found. */
interface Ways {
  /** The caller is theirs at once. */
  give: () => void;
  /** They are asked first, and the caller is on hold meanwhile; null: they cannot be. */
  ask: (() => void) | null;
}

/**
 * Gives the caller away, or asks somebody first: a colleague, a queue, a customer or a number, with a
 * word of why.
 */
export function Transfer({
  contact,
  can,
  cannot,
  canAsk,
}: {
  contact: string;
  can: boolean;
  /** Why not, where it is not plain. */
  cannot: string | undefined;
  canAsk: boolean;
}) {
  const open = useSignal(false);
  return (
    <>
      <button
        class={can ? '' : 'cannot'}
        data-do="transfer"
        aria-disabled={!can}
        aria-expanded={open.value}
        title={cannot}
        onClick={() => {
          if (can || open.value) open.value = !open.value;
        }}
      >
        {say('transfer')}
      </button>
      {open.value && (
        <Whom contact={contact} can={can} canAsk={canAsk} close={() => (open.value = false)} />
      )}
    </>
  );
}

function Whom({
  contact,
  can,
  canAsk,
  close,
}: {
  contact: string;
  can: boolean;
  canAsk: boolean;
  close: () => void;
}) {
  const directory = useMemo(() => lookup(contact), [contact]);
  const customers = useMemo(lookupCustomers, []);
  const whom = useRef<HTMLInputElement>(null);
  // Where they look and type next.
  useLayoutEffect(() => whom.current?.focus(), []);
  const why = useSignal('');
  const { busy, once } = useOnce();
  useEffect(() => {
    void directory.look();
    return () => {
      directory.stop();
      customers.stop();
    };
  }, []);
  const does = (command: FromDesk) => {
    if (!can) return;
    once(async () => {
      const reply = await act(command);
      if (reply.ok) close();
      // The button that was pressed has lost it.
      else whom.current?.focus();
    });
  };
  const type = (text: string, unfinished = false) => {
    directory.type(text, unfinished);
    if (hello.value?.user?.may.includes('see-customers')) customers.type(text, unfinished);
  };
  const found = directory.found.value;
  const people = customers.found.value;
  const typed = directory.text.value.trim();
  const off = busy.value || !can;
  return (
    <form
      class="card transfer"
      role="search"
      aria-label={say('transfer')}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <label>
        {say('transferTo')}
        <input
          type="search"
          name="transfer-to"
          autocomplete="off"
          maxLength={100}
          ref={whom}
          value={directory.text}
          onInput={(event) => type(event.currentTarget.value, event.isComposing)}
          onCompositionEnd={(event) => type(event.currentTarget.value)}
        />
      </label>
      <label>
        {say('transferWhy')}
        <input
          name="transfer-why"
          autocomplete="off"
          maxLength={200}
          value={why}
          onInput={(event) => (why.value = event.currentTarget.value)}
        />
      </label>
      <p class="fault" role="alert">
        {directory.fault.value || customers.fault.value}
      </p>
      <ul class="whom">
        {isNumber(typed) && (
          <li data-number={typed}>
            <b>{typed}</b>
            <small>{say('transferOutside')}</small>
            <Buttons
              off={off}
              ways={{
                give: () =>
                  does({ type: 'transferToNumber', contact, number: typed, why: why.value }),
                ask: canAsk
                  ? () => does({ type: 'consultNumber', contact, number: typed, why: why.value })
                  : null,
              }}
            />
          </li>
        )}
        {found?.queues.map((queue) => (
          <ToQueue
            key={queue.queue}
            queue={queue}
            off={off}
            ways={{
              give: () =>
                does({ type: 'transferToQueue', contact, queue: queue.queue, why: why.value }),
              ask: canAsk
                ? () => does({ type: 'consultQueue', contact, queue: queue.queue, why: why.value })
                : null,
            }}
          />
        ))}
        {found?.colleagues.map((colleague) => (
          <ToColleague
            key={colleague.agent}
            colleague={colleague}
            off={off}
            ways={{
              give: () =>
                does({
                  type: 'transferToAgent',
                  contact,
                  colleague: colleague.agent,
                  why: why.value,
                }),
              ask: canAsk
                ? () =>
                    does({
                      type: 'consultAgent',
                      contact,
                      colleague: colleague.agent,
                      why: why.value,
                    })
                : null,
            }}
          />
        ))}
        {people?.customers.map((customer) => (
          <ToCustomer
            key={customer.id}
            customer={customer}
            off={off}
            ways={(number) => ({
              give: () => does({ type: 'transferToNumber', contact, number, why: why.value }),
              ask: canAsk
                ? () => does({ type: 'consultNumber', contact, number, why: why.value })
                : null,
            })}
          />
        ))}
        {found &&
          found.queues.length + found.colleagues.length + (people?.customers.length ?? 0) === 0 &&
          !isNumber(typed) && <li class="nothing">{say('transferNobody')}</li>}
        {(found?.more || people?.more) && <li class="nothing">{say('searchMore')}</li>}
      </ul>
    </form>
  );
}

function Buttons({ off, ways }: { off: boolean; ways: Ways }) {
  return (
    <span class="ways">
      {ways.ask && (
        <button type="button" data-do="ask" disabled={off} onClick={ways.ask}>
          {say('askFirst')}
        </button>
      )}
      <button type="button" data-do="give" disabled={off} onClick={ways.give}>
        {say('giveNow')}
      </button>
    </span>
  );
}

/** With the place that the caller would have, and who could take them. */
function ToQueue({ queue, off, ways }: { queue: Destination; off: boolean; ways: Ways }) {
  return (
    <li data-queue={queue.queue}>
      <b>{queue.title}</b>
      <small>
        {say('queue')} · {say('waiting')} {queue.waiting}
        {queue.oldest && ` · ${duration(now.value - queue.oldest)}`}
        {queue.place && (
          <>
            {' · '}
            <b data-place={queue.place}>
              {say('placeInLine')} {queue.place}
            </b>
          </>
        )}{' '}
        · {say('freeAgents')} {queue.free}/{queue.staffed}
        {queue.takers.length > 0 && (
          <span class="takers">
            {queue.takers.map((taker) => (
              <span key={taker.agent} class={`taker state-${taker.state}`}>
                <bdi>{taker.name}</bdi> {sayIfKnown(taker.state, taker.state)}
              </span>
            ))}
            {queue.others > 0 && <span>+{queue.others}</span>}
          </span>
        )}
      </small>
      <Buttons off={off} ways={ways} />
    </li>
  );
}

function ToColleague({ colleague, off, ways }: { colleague: Colleague; off: boolean; ways: Ways }) {
  return (
    <li class={`state-${colleague.state}`} data-colleague={colleague.agent}>
      <b>{colleague.name}</b>
      <small>
        {sayIfKnown(colleague.state, colleague.state)} · {duration(now.value - colleague.since)}
        {colleague.away && ` · ${sayIfKnown(`phone-${colleague.away}`, colleague.away)}`}
      </small>
      <Buttons off={off || !colleague.takesCalls} ways={ways} />
    </li>
  );
}

/** At each of their numbers; of one that is not dialed, why. */
function ToCustomer({
  customer,
  off,
  ways,
}: {
  customer: DirectoryCustomer;
  off: boolean;
  ways: (number: string) => Ways;
}) {
  const { name, organisation, tier, numbers } = customer;
  const called = (
    <b>
      <bdi>{name || organisation}</bdi> {tier && <span class={`tier tier-${tier}`}>{tier}</span>}
    </b>
  );
  const company = name && organisation && ` · ${organisation}`;
  if (numbers.length === 0) {
    return (
      <li data-customer={customer.id}>
        {called}
        <small>
          {say('customerNoNumber')}
          {company}
        </small>
      </li>
    );
  }
  return numbers.map(({ number, notDialed }) => (
    <li key={number} data-customer={customer.id} data-customer-number={number}>
      {called}
      <small>
        {number}
        {company}
        {notDialed && <> · {refusal({ code: `dial-${notDialed}` })}</>}
      </small>
      <Buttons off={off || !!notDialed} ways={ways(number)} />
    </li>
  ));
}
