import { useSignal } from '@preact/signals';
import { act } from './desk';
import { useOnce } from './once';
import { day, duration } from './format';
import type { CustomerCard, ScreenPop } from './protocol';
import { say } from './words';

/** The caller's record: one customer, several to choose from, or a new one. */
export function Pop({ pop }: { pop: ScreenPop }) {
  return (
    <article class="pop" data-call={pop.call}>
      <p class="about">
        <b class="queue">{pop.queueTitle}</b>
        <span>
          {pop.from || say('hiddenNumber')} → {pop.line}
        </span>
        <span>
          {say('waited')} {duration(pop.decided - pop.waitingSince)}
        </span>
      </p>
      {pop.matches.length === 1 && <Customer card={pop.matches[0]!} />}
      {pop.matches.length > 1 && <Choice pop={pop} />}
      {pop.matches.length === 0 && <NewCustomer pop={pop} />}
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

function Customer({ card }: { card: CustomerCard }) {
  const { customer, numbers, timeline } = card;
  return (
    <div class="card customer">
      <header>
        <h2 lang={customer.language || undefined}>{customer.name}</h2>
        <span class={`tier tier-${customer.tier}`}>{customer.tier}</span>
      </header>
      <dl>
        {customer.organisation && <dd class="organisation">{customer.organisation}</dd>}
        {customer.account && (
          <>
            <dt>{say('account')}</dt>
            <dd>{customer.account}</dd>
          </>
        )}
        <dt>{say('numbers')}</dt>
        <dd>{numbers.join(' · ') || '–'}</dd>
      </dl>
      <h3>{say('timeline')}</h3>
      {timeline.length === 0 && <p>{say('noHistory')}</p>}
      <ol class="timeline">
        {timeline.map((entry, index) => (
          <li key={index} class={`kind-${entry.kind}`}>
            <time>{day(entry.at)}</time>
            <span>{entry.text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Choice({ pop }: { pop: ScreenPop }) {
  const { busy, once } = useOnce();
  return (
    <div class="card choice">
      <h2>{say('whoIsIt')}</h2>
      {pop.matches.map(({ customer, timeline }) => (
        <button
          key={customer.id}
          data-customer={customer.id}
          disabled={busy.value}
          onClick={() =>
            once(() => act('chooseCustomer', { call: pop.call, customer: customer.id }))
          }
        >
          <b>{customer.name}</b> {customer.organisation} {customer.account}
          <small>{timeline[0]?.text}</small>
        </button>
      ))}
    </div>
  );
}

function NewCustomer({ pop }: { pop: ScreenPop }) {
  const name = useSignal('');
  const { busy, once } = useOnce();
  return (
    <form
      class="card new-customer"
      onSubmit={(event) => {
        event.preventDefault();
        once(() => act('newCustomer', { call: pop.call, name: name.value }));
      }}
    >
      <h2>{say('unknownCaller')}</h2>
      <label>
        {say('customerName')}
        <input
          value={name}
          maxLength={200}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <button data-do="new-customer" disabled={busy.value}>
        {say('newCustomer')}
      </button>
    </form>
  );
}
