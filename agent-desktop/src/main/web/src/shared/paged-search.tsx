import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Refused } from '../generated/wire';
import { beginOfDay, endOfDay } from './format';
import './list-page.css';
import { useOnce } from './once';
import { refusal, say } from './words';

// A list that is looked for by days and by words, and comes a page at a time, the latest first.

interface Days {
  from: string;
  until: string;
}

type Changed = { currentTarget: { value: string } };

export type PagedSearch<Wanted extends Days, Line> = ReturnType<
  typeof pagedSearch<Wanted, { more?: string }, Line>
>;

/**
 * @param path where it is looked for
 * @param nothing what is wanted at first: every field, empty
 * @param of the lines of a page
 */
export function pagedSearch<Wanted extends Days, Page extends { more?: string }, Line>(
  path: string,
  nothing: Wanted,
  of: (page: Page) => Line[],
) {
  const lines = signal<Line[]>([]);
  const more = signal('');
  const fault = signal('');
  const wanted = signal(nothing);
  /** As the lines that are there were looked for: what is typed since is not. */
  let looked = nothing;

  function query(search = wanted.peek(), after = ''): string {
    const { from, until } = search;
    const fields = { ...search, from: beginOfDay(from), until: endOfDay(until), after };
    return new URLSearchParams(Object.entries(fields).filter(([, value]) => value)).toString();
  }

  async function load(after = ''): Promise<void> {
    const search = after ? looked : wanted.peek();
    const response = await fetch(`${path}?${query(search, after)}`);
    if (!response.ok) {
      fault.value = refusal((await response.json()) as Refused);
      return;
    }
    const page = (await response.json()) as Page;
    fault.value = '';
    looked = search;
    lines.value = after ? [...lines.peek(), ...of(page)] : of(page);
    more.value = page.more ?? '';
  }

  const set = (field: keyof Wanted) => (event: Changed) => {
    wanted.value = { ...wanted.peek(), [field]: event.currentTarget.value };
  };

  return { lines, more, fault, wanted, query, load, set };
}

/** Its fields: the days, and whatever else it is looked for by. */
export function SearchCard<Wanted extends Days, Line>({
  search: { load, set, wanted },
  children,
  beside,
}: {
  search: PagedSearch<Wanted, Line>;
  children: ComponentChildren;
  beside?: ComponentChildren;
}) {
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void load();
      }}
    >
      <label>
        {say('auditFrom')}
        <input type="date" value={wanted.value.from} onInput={set('from')} />
      </label>
      <label>
        {say('auditUntil')}
        <input type="date" value={wanted.value.until} onInput={set('until')} />
      </label>
      {children}
      <button class="primary">{say('auditSearch')}</button>
      {beside}
    </form>
  );
}

/** That nothing was found, or more of it. */
export function SearchEnd<Wanted extends Days, Line>({
  search: { lines, more, fault, load },
}: {
  search: PagedSearch<Wanted, Line>;
}) {
  const { busy, once } = useOnce();
  return (
    <>
      {lines.value.length === 0 && !fault.value && <p class="nothing">{say('auditNothing')}</p>}
      {more.value && (
        <button disabled={busy} onClick={() => once(() => load(more.peek()))}>
          {say('auditMore')}
        </button>
      )}
    </>
  );
}
