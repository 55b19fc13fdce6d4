import './shared/base.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Person } from './generated/wire';
import { Audit } from './audit/audit';
import { Blocked } from './blocked/blocked';
import { flush, restore } from './contact/drafts';
import { Customers } from './customers/customers';
import { Happened, Offered, tellOffers } from './desk/attention';
import { Desk } from './desk/desk';
import { Leaving, logOut } from './desk/leaving';
import { connect, hello, leave, link, loadHello } from './socket/live';
import { Login } from './login/login';
import { startPhone } from './phone/phone';
import { Talks } from './talks/talks';
import { Scripts } from './scripts/scripts';
import { choose, language, LANGUAGES, say, type Language } from './shared/words';
import { Wallboard } from './wallboard/wallboard';
import './main.css';

type Page =
  'desk' | 'wallboard' | 'customers' | 'talks' | 'scripts' | 'blocked' | 'audit' | 'nothing';

/** With what a user has to be allowed who has the page. */
const PAGES: { to: Exclude<Page, 'nothing'>; needs: Person['may'][number] }[] = [
  { to: 'desk', needs: 'serve' },
  { to: 'wallboard', needs: 'watch' },
  { to: 'customers', needs: 'see-customers' },
  { to: 'talks', needs: 'hear-talks' },
  { to: 'scripts', needs: 'read-scripts' },
  { to: 'blocked', needs: 'block-callers' },
  { to: 'audit', needs: 'read-audit' },
];

const path = signal(location.pathname);
addEventListener('popstate', () => (path.value = location.pathname));

// What is typed is sent, and numbered, before the next page goes on with the numbers.
addEventListener('pagehide', () => {
  void flush();
  leave();
});

// A page that comes back out of the browser's memory has handed its numbers over.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void flush();
});

function go(to: Page): void {
  history.pushState(null, '', '/' + to);
  path.value = '/' + to;
}

/** The page that the address names, if this user has it; else the first they have. */
function page(): Page {
  const user = hello.value!.user!;
  const pages = PAGES.filter(({ needs }) => user.may.includes(needs)).map(({ to }) => to);
  return pages.find((to) => path.value === '/' + to) ?? pages[0] ?? 'nothing';
}

function App() {
  if (!hello.value) return null;
  if (!hello.value.user) return <Login />;
  return <Inside />;
}

function Inside() {
  useEffect(() => {
    restore();
    connect();
    const { name, phone } = hello.value!.user!;
    if (phone) startPhone(name);
    return tellOffers(
      () => page() === 'desk',
      () => go('desk'),
    );
  }, []);
  return (
    <>
      <Header page={page()} />
      <Happened />
      {page() === 'desk' && <Desk />}
      {page() === 'wallboard' && <Wallboard />}
      {page() === 'customers' && <Customers />}
      {page() === 'talks' && <Talks />}
      {page() === 'scripts' && <Scripts />}
      {page() === 'blocked' && <Blocked />}
      {page() === 'audit' && <Audit />}
    </>
  );
}

function Header({ page: current }: { page: Page }) {
  const { title, user } = hello.value!;
  return (
    <>
      <header class="top">
        <b>{title}</b>
        {current !== 'nothing' && <h1 class="unseen">{say(current)}</h1>}
        <nav>
          {PAGES.filter(({ needs }) => user!.may.includes(needs)).map(({ to }) => (
            <Tab key={to} to={to} current={current} />
          ))}
        </nav>
        <select
          aria-label={say('language')}
          value={language.value}
          onChange={(event) => choose(event.currentTarget.value as Language)}
        >
          {Object.entries(LANGUAGES).map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </select>
        <details class="user">
          <summary>{user!.title}</summary>
          <button onClick={() => logOut('everywhere')}>{say('logOutEverywhere')}</button>
        </details>
        <button onClick={() => logOut('here')}>{say('logOut')}</button>
      </header>
      {(link.value === 'lost' || link.value === 'restarting') && (
        <div class={`link-lost ${link.value}`} role="status">
          {say(link.value === 'lost' ? 'linkLost' : 'linkRestarting')}
        </div>
      )}
      {link.value === 'put-away' && (
        <div class="link-lost put-away" role="alert">
          {say('linkPutAway')}{' '}
          <button data-do="go-on-here" onClick={connect}>
            {say('goOnHere')}
          </button>
        </div>
      )}
      <Leaving />
      {current !== 'desk' && <Offered toDesk={() => go('desk')} />}
    </>
  );
}

function Tab({ to, current }: { to: Exclude<Page, 'nothing'>; current: Page }) {
  return (
    <a
      href={'/' + to}
      aria-current={current === to ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {say(to)}
    </a>
  );
}

choose(language.value);
void loadHello().then(() => render(<App />, document.getElementById('app')!));
