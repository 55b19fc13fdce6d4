import { useSignal } from '@preact/signals';
import type { Refused } from '../generated/wire';
import { hello, loadHello } from '../socket/live';
import { refusal, say } from '../shared/words';
import './login.css';

export function Login() {
  const name = useSignal('');
  const password = useSignal('');
  const fault = useSignal('');
  const busy = useSignal(false);

  const logIn = async (asName: string, withPassword: string) => {
    busy.value = true;
    const response = await fetch('/api/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: asName, password: withPassword }),
    });
    busy.value = false;
    if (response.ok) {
      await loadHello();
      return;
    }
    fault.value = refusal((await response.json()) as Refused);
  };

  const hints = hello.value?.hints ?? [];
  return (
    <main class="login">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void logIn(name.value, password.value);
        }}
      >
        <h1>{hello.value?.title}</h1>
        <label>
          {say('name')}
          <input
            name="name"
            autocomplete="username"
            autofocus
            value={name}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <label>
          {say('password')}
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            value={password}
            onInput={(event) => (password.value = event.currentTarget.value)}
          />
        </label>
        <p class="fault" role="alert">
          {fault}
        </p>
        <button class="primary" disabled={busy}>
          {say('logIn')}
        </button>
        {hints.length > 0 && (
          <section class="hints">
            <p>{say('demoAccounts')}</p>
            {hints.map((hint) => (
              <button
                type="button"
                key={hint.name}
                disabled={busy}
                onClick={() => void logIn(hint.name, hint.password)}
              >
                <b>{hint.title}</b>
                <span>
                  {hint.name} / {hint.password}
                </span>
              </button>
            ))}
          </section>
        )}
      </form>
    </main>
  );
}
