import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AuditLine, AuditPage, Refused, RefusedPage } from '../generated/wire';
import { moment } from '../shared/format';
import { pagedSearch, SearchCard, SearchEnd } from '../shared/paged-search';
import { useOnce } from '../shared/once';
import { DEEDS, deed, refusal, say } from '../shared/words';
import './audit.css';

// Who did or saw what, the latest first; and what the database did not take.

const search = pagedSearch(
  '/api/audit',
  { who: '', what: '', about: '', from: '', until: '' },
  (page: AuditPage): AuditLine[] => page.lines,
);

export function Audit() {
  useEffect(() => void search.load(), []);
  return (
    <main class="list-page audit">
      <Search />
      <p class="fault" role="alert">
        {search.fault}
      </p>
      <NotTaken />
      <table>
        <thead>
          <tr>
            <th>{say('auditAt')}</th>
            <th>{say('auditWho')}</th>
            <th>{say('auditWhat')}</th>
            <th>{say('auditAbout')}</th>
          </tr>
        </thead>
        <tbody>
          {search.lines.value.map((line, at) => (
            <tr key={at} class={line.what === 'log-in-refused' ? 'refused' : ''}>
              <td class="timer">{moment(line.at)}</td>
              <td>{line.who}</td>
              <td>{deed(line.what)}</td>
              <td class="text">{line.about}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <SearchEnd search={search} />
      <LogOutAnother />
    </main>
  );
}

function Search() {
  const { wanted, set, query } = search;
  return (
    <SearchCard
      search={search}
      beside={
        <a href={'/api/audit.csv?' + query(wanted.value)} download>
          CSV
        </a>
      }
    >
      <label>
        {say('auditWho')}
        <input name="who" value={wanted.value.who} onInput={set('who')} />
      </label>
      <label>
        {say('auditWhat')}
        <select name="what" value={wanted.value.what} onChange={set('what')}>
          <option value="">{say('auditAnything')}</option>
          {DEEDS.map((what) => (
            <option key={what} value={what}>
              {deed(what)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('auditAbout')}
        <input name="about" value={wanted.value.about} onInput={set('about')} />
      </label>
    </SearchCard>
  );
}

/** What happened in these turns is in no table, until what is in the way is mended. */
function NotTaken() {
  const page = useSignal<RefusedPage>({ turns: [], all: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const read = async () => {
      const response = await fetch('/api/refused');
      if (response.ok) page.value = (await response.json()) as RefusedPage;
    };
    void read();
  }, []);
  useEffect(() => {
    // Whoever comes from the wallboard wants to see this.
    if (location.hash === '#refused') heading.current?.scrollIntoView();
  }, [page.value]);
  if (page.value.all === 0) return null;
  return (
    <>
      <h2 id="refused" ref={heading}>
        {say('refusedTurns')} ({page.value.all})
      </h2>
      <p>{say('refusedMend')}</p>
      <table data-refused={page.value.all}>
        <thead>
          <tr>
            <th>{say('auditAt')}</th>
            <th>{say('refusedTurn')}</th>
            <th>{say('auditAbout')}</th>
            <th>{say('blockedReason')}</th>
          </tr>
        </thead>
        <tbody>
          {page.value.turns.map(({ ledger, turn, at, about, why }) => (
            <tr key={ledger + turn}>
              <td class="timer">{moment(at)}</td>
              <td title={ledger}>{turn}</td>
              <td class="text">{about}</td>
              <td class="text">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function LogOutAnother() {
  const name = useSignal('');
  const said = useSignal('');
  const { busy, once } = useOnce();
  const logOut = async () => {
    const response = await fetch(`/api/users/${encodeURIComponent(name.value)}/logout`, {
      method: 'POST',
    });
    said.value = response.ok
      ? say('loggedAnotherOut')
      : refusal((await response.json()) as Refused);
    if (response.ok) await search.load();
  };
  return (
    <form
      class="card another"
      onSubmit={(event) => {
        event.preventDefault();
        once(logOut);
      }}
    >
      <label>
        {say('logAnotherOut')}
        <input
          name="user"
          required
          placeholder={say('name')}
          value={name}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <button disabled={busy}>{say('logOutEverywhere')}</button>
      <span role="status">{said}</span>
    </form>
  );
}
