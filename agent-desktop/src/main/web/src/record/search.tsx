import { useEffect, useMemo } from 'preact/hooks';
import type { FoundCustomer } from '../generated/wire';
import { say } from '../shared/words';
import { finder, type Finder } from './finder';
import './search.css';

/** One field for a name, a number, an account or an order. */
export function SearchField({ search }: { search: Finder }) {
  return (
    <form
      class="card customer-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void search.look();
      }}
    >
      <label>
        {say('searchFor')}
        <input
          type="search"
          name="customer"
          // Browsers keep what is typed into forms.
          autocomplete="off"
          maxLength={100}
          value={search.text}
          onInput={(event) => search.type(event.currentTarget.value, event.isComposing)}
          onCompositionEnd={(event) => search.type(event.currentTarget.value)}
        />
      </label>
    </form>
  );
}

/** Who was found; one of them is picked. */
export function Found({
  search,
  busy,
  onPick,
}: {
  search: Finder;
  busy: boolean;
  onPick: (customer: FoundCustomer) => void;
}) {
  const found = search.found.value;
  return (
    <div class="found" aria-live="polite">
      <p class="fault" role="alert">
        {search.fault}
      </p>
      {found?.customers.map((customer) => (
        <button
          key={customer.id}
          data-customer={customer.id}
          disabled={busy}
          onClick={() => onPick(customer)}
        >
          <b>{customer.name || customer.organisation}</b>
          <small>
            {[customer.name && customer.organisation, customer.account, customer.number]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </button>
      ))}
      {found?.customers.length === 0 && <p class="nothing">{say('searchNobody')}</p>}
      {found?.more && <p class="nothing">{say('searchMore')}</p>}
    </div>
  );
}

/** A search of its own, which is forgotten with what it is in. */
export function useFinder(): Finder {
  const search = useMemo(finder, []);
  useEffect(() => () => search.stop(), []);
  return search;
}
