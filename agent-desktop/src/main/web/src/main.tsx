import { signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { Desk } from './desk';
import { connect, hello, link, loadHello } from './live';
import { Login } from './login';
import { Wallboard } from './wallboard';
import { choose, language, LANGUAGES, say, type Language } from './words';
import './style.css';

type Page = 'desk' | 'wallboard';

const path = signal(location.pathname);
addEventListener('popstate', () => (path.value = location.pathname));

function go(to: Page): void {
  history.pushState(null, '', '/' + to);
  path.value = '/' + to;
}

/** The page that the address names, if this user has it; else the first they have. */
function page(): Page {
  const user = hello.value!.user!;
  if (path.value === '/wallboard' && user.supervisor) return 'wallboard';
  return user.agent ? 'desk' : 'wallboard';
}

function App() {
  if (!hello.value) return null;
  if (!hello.value.user) return <Login />;
  return <Inside />;
}

function Inside() {
  useEffect(connect, []);
  return (
    <>
      <Header page={page()} />
      {page() === 'desk' ? <Desk /> : <Wallboard />}
    </>
  );
}

function Header({ page: current }: { page: Page }) {
  const { title, user } = hello.value!;
  const logOut = async () => {
    await fetch('/api/logout', { method: 'POST' });
    location.assign('/');
  };
  return (
    <>
      <header class="top">
        <b>{title}</b>
        <nav>
          {user!.agent && (
            <a
              href="/desk"
              aria-current={current === 'desk' ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                go('desk');
              }}
            >
              {say('desk')}
            </a>
          )}
          {user!.supervisor && (
            <a
              href="/wallboard"
              aria-current={current === 'wallboard' ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                go('wallboard');
              }}
            >
              {say('wallboard')}
            </a>
          )}
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
        <span class="user">{user!.title}</span>
        <button onClick={() => void logOut()}>{say('logOut')}</button>
      </header>
      {link.value === 'lost' && (
        <div class="link-lost" role="status">
          {say('linkLost')}
        </div>
      )}
    </>
  );
}

choose(language.value);
void loadHello().then(() => render(<App />, document.getElementById('app')!));
