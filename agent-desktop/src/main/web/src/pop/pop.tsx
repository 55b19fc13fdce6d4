import { useSignal } from '@preact/signals';
import { act } from '../contact/act';
import { known } from '../contact/contacts';
import type {
  CustomerCard,
  Draft,
  HandedOver,
  WasOnHold as Held,
  Parked as ParkedCall,
  ScreenPop,
} from '../generated/wire';
import { Number } from '../dial/dialer';
import { Customer } from '../record/card';
import { Found, SearchField, useFinder } from '../record/search';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import './pop.css';

interface Shown {
  pop: ScreenPop;
  consulted: boolean;
  conference: boolean;
  /** Whether the agent has called them. */
  made: boolean;
}

/** The caller's record: one customer, several to choose from, or a new one. */
export function Pop({ pop, consulted, conference, made }: Shown) {
  const card = known(pop);
  return (
    <article class="pop" data-contact={pop.contact} data-call={pop.call}>
      <p class="about">
        <b class="queue">{pop.queueTitle}</b>
        <span>
          {made ? (
            <>
              {say('calledOut')} <Number number={pop.from} about={pop.contact} />
            </>
          ) : (
            <>
              <Number number={pop.from} about={pop.contact} /> → {pop.entryPoint}
            </>
          )}
        </span>
        {pop.callerName && (
          <span class="caller-name" title={say('callerSays')}>
            “<bdi>{pop.callerName}</bdi>”
          </span>
        )}
        {!made && (
          <span>
            {say('waited')} {duration(pop.decided - pop.waitingSince)}
          </span>
        )}
      </p>
      {pop.handedOver?.held && <WasOnHold by={pop.handedOver} held={pop.handedOver.held} />}
      {pop.handedOver?.parked && (
        <Parked by={pop.handedOver} parked={pop.handedOver.parked} until={pop.decided} />
      )}
      {pop.handedOver && !pop.handedOver.held && !pop.handedOver.parked && (
        <div class="handed-over">
          <b>{say(consulted ? (conference ? 'conferenceWith' : 'consultedBy') : 'handedOverBy')}</b>{' '}
          <bdi>{pop.handedOver.by}</bdi>
          <Why why={pop.handedOver.why} />
          <NoteOf draft={pop.handedOver.draft} />
        </div>
      )}
      {card && <Customer card={card} about={pop.contact} />}
      {card && <SomebodyElse key={card.customer.id} pop={pop} card={card} />}
      {!card && pop.matches.length > 0 && (
        <>
          <Choice title={say('whoIsIt')} pop={pop} among={pop.matches} />
          <Find pop={pop} />
        </>
      )}
      {pop.matches.length === 0 && (
        <>
          <NewCustomer title={say('unknownCaller')} pop={pop} />
          <Find pop={pop} />
        </>
      )}
      <Answers answers={pop.answers} />
      {pop.path.length > 0 && (
        <p class="path">
          <b>{say('path')}</b>
          {pop.path.map((entry, index) => (
            <span key={index}>
              {entry.step}
              {entry.choice && <em> {entry.choice}</em>}
            </span>
          ))}
        </p>
      )}
    </article>
  );
}

/** What the caller has keyed or said in the script: nobody asks them again. */
function Answers({ answers }: { answers: ScreenPop['answers'] }) {
  const all = Object.entries(answers);
  if (all.length === 0) return null;
  return (
    <dl class="answers" aria-label={say('answers')}>
      {all.map(([what, answer]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <bdi>{answer}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A choice can be wrong: the others, and somebody new, stay within reach. */
function SomebodyElse({ pop, card }: { pop: ScreenPop; card: CustomerCard }) {
  const open = useSignal(false);
  const others = pop.matches.filter(({ customer }) => customer.id !== card.customer.id);
  return (
    <div class="somebody-else">
      <button
        class="quiet"
        data-do="somebody-else"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        {say('somebodyElse')}
      </button>
      {open.value && others.length > 0 && <Choice pop={pop} among={others} />}
      {open.value && <NewCustomer pop={pop} />}
      {open.value && <Find pop={pop} />}
    </div>
  );
}

function Why({ why }: { why: string }) {
  return why ? (
    <>
      : “<bdi>{why}</bdi>”
    </>
  ) : null;
}

/** What a colleague had typed. */
function NoteOf({ draft }: { draft: Draft }) {
  const { disposition, note } = draft;
  return disposition || note ? (
    <p class="note-of">
      {disposition && <b>{disposition} </b>}
      <bdi>{note}</bdi>
    </p>
  ) : null;
}

/** Of a caller who was on hold for too long: who had them, and what is known of it. */
function WasOnHold({ by, held }: { by: HandedOver; held: Held }) {
  return (
    <div class="handed-over" data-held>
      <b>{say('wasOnHold')}</b> <bdi>{by.by}</bdi> · {say('talking')} {duration(held.talked)} ·{' '}
      {say('hold')} {duration(held.onHold)}
      <NoteOf draft={by.draft} />
    </div>
  );
}

interface WasParked {
  by: HandedOver;
  parked: ParkedCall;
  until: number;
}

/** Of a caller who was parked: by whom and why, for how long, and what is known of it. */
function Parked({ by, parked, until }: WasParked) {
  return (
    <div class="handed-over" data-parked-by>
      <b>{say('parkedBy')}</b> <bdi>{by.by}</bdi>
      <Why why={by.why} /> · {duration(until - parked.since)}
      <NoteOf draft={by.draft} />
    </div>
  );
}

function Choice({ title, pop, among }: { title?: string; pop: ScreenPop; among: CustomerCard[] }) {
  const { busy, once } = useOnce();
  return (
    <div class="card choice">
      {title && <h2>{title}</h2>}
      {among.map(({ customer, timeline }) => (
        <button
          key={customer.id}
          data-customer={customer.id}
          aria-disabled={busy.value}
          onClick={() =>
            once(() => act({ type: 'chooseCustomer', contact: pop.contact, customer: customer.id }))
          }
        >
          <b>{customer.name}</b> {customer.organisation} {customer.account}
          <small>{timeline[0]?.text}</small>
        </button>
      ))}
    </div>
  );
}

/** Somebody whom the number does not tell: found by a search. */
function Find({ pop }: { pop: ScreenPop }) {
  const open = useSignal(false);
  return (
    <div class="find">
      <button
        class="quiet"
        data-do="find-customer"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        {say('findCustomer')}
      </button>
      {open.value && <Search pop={pop} />}
    </div>
  );
}

function Search({ pop }: { pop: ScreenPop }) {
  const search = useFinder();
  const { busy, once } = useOnce();
  return (
    <>
      <SearchField search={search} />
      <Found
        search={search}
        busy={busy.value}
        onPick={({ id }) =>
          once(() => act({ type: 'chooseCustomer', contact: pop.contact, customer: id }))
        }
      />
    </>
  );
}

function NewCustomer({ title, pop }: { title?: string; pop: ScreenPop }) {
  const name = useSignal('');
  const { busy, once } = useOnce();
  return (
    <form
      class="card new-customer"
      onSubmit={(event) => {
        event.preventDefault();
        once(() => act({ type: 'newCustomer', contact: pop.contact, name: name.value }));
      }}
    >
      {title && <h2>{title}</h2>}
      <label>
        {say('customerName')}
        <input
          value={name}
          maxLength={200}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <button data-do="new-customer" aria-disabled={busy.value}>
        {say('newCustomer')}
      </button>
    </form>
  );
}
