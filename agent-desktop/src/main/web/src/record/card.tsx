import type { CustomerCard } from '../generated/wire';
import { contactOf } from '../contact/contacts';
import { Number } from '../dial/dialer';
import { day } from '../shared/format';
import { say } from '../shared/words';
import { hello } from '../socket/live';
import { Player } from './player';
import './card.css';

const hears = () => hello.value?.user?.may.includes('hear-talks');

/**
 * A customer's record: who they are, and the newest of their history first.
 *
 * @param about the contact in which it is shown; else the one that the agent has of this customer
 */
export function Customer({ card, about }: { card: CustomerCard; about?: string }) {
  const { customer, numbers, timeline } = card;
  const contact = about ?? contactOf(customer.id);
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
        <dd class="numbers">
          {numbers.map((number) => (
            <Number key={number} number={number} about={contact} />
          ))}
          {numbers.length === 0 && '–'}
        </dd>
      </dl>
      <h3>{say('timeline')}</h3>
      {timeline.length === 0 && <p>{say('noHistory')}</p>}
      <ol class="timeline">
        {timeline.map((entry, index) => (
          <li key={index} class={`kind-${entry.kind}`}>
            <time>{day(entry.at)}</time>
            <span>
              {entry.text}
              {entry.number && (
                <small>
                  <Number number={entry.number} about={contact} />
                </small>
              )}
            </span>
            {hears() && entry.recordings.map((one) => <Player key={one} recording={one} />)}
          </li>
        ))}
      </ol>
    </div>
  );
}
