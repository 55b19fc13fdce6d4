import { useSignal } from '@preact/signals';
import type { CustomerCard, CustomerRecord, CustomersFound, Refused } from '../generated/wire';
import { Customer } from '../record/card';
import { Found, SearchField, useFinder } from '../record/search';
import { useOnce } from '../shared/once';
import { refusal, say } from '../shared/words';
import '../shared/list-page.css';

// Customers, found by a search that the audit is told of, and one record at a time.

export function Customers() {
  const search = useFinder();
  /** With the results it is one of: others close it. */
  const open = useSignal<{ card: CustomerCard; of: CustomersFound | null } | null>(null);
  const fault = useSignal('');
  const { busy, once } = useOnce();
  const read = async (id: number) => {
    fault.value = '';
    const response = await fetch('/api/customers/' + id);
    if (response.ok) {
      const { card } = (await response.json()) as CustomerRecord;
      open.value = { card, of: search.found.peek() };
    } else fault.value = refusal((await response.json()) as Refused);
  };
  return (
    <main class="list-page">
      <SearchField search={search} />
      <p class="fault" role="alert">
        {fault}
      </p>
      {open.value && open.value.of === search.found.value ? (
        <>
          <button data-do="back" onClick={() => (open.value = null)}>
            {say('searchBack')}
          </button>
          <Customer card={open.value.card} />
        </>
      ) : (
        <Found search={search} busy={busy.value} onPick={({ id }) => once(() => read(id))} />
      )}
    </main>
  );
}
