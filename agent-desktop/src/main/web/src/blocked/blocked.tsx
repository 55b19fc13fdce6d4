import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BlockPage, EndedCall, Refused } from '../generated/wire';
import { endOfDay, lastDay, moment } from '../shared/format';
import { useOnce } from '../shared/once';
import { refusal, say } from '../shared/words';
import '../shared/list-page.css';

// Whose calls are not taken, and which calls agents have ended because of how the caller spoke.

const page = signal<BlockPage>({ blocked: [], ended: [] });
const fault = signal('');
const typed = signal({ number: '', reason: '', until: '' });

async function load(): Promise<void> {
  const response = await fetch('/api/blocked');
  if (response.ok) page.value = (await response.json()) as BlockPage;
  else fault.value = refusal((await response.json()) as Refused);
}

async function change(path: string, request: RequestInit): Promise<boolean> {
  const response = await fetch(path, request);
  fault.value = response.ok ? '' : refusal((await response.json()) as Refused);
  if (response.ok) await load();
  return response.ok;
}

async function block(): Promise<void> {
  const { number, reason, until } = typed.peek();
  const body = JSON.stringify({ number, reason, until: endOfDay(until) });
  const headers = { 'Content-Type': 'application/json' };
  if (await change('/api/blocked', { method: 'POST', headers, body })) {
    typed.value = { number: '', reason: '', until: '' };
  }
}

const unblock = (number: string) =>
  change('/api/blocked/' + encodeURIComponent(number), { method: 'DELETE' });

export function Blocked() {
  const { busy, once } = useOnce();
  useEffect(() => void load(), []);
  return (
    <main class="list-page">
      <NewOne />
      <p class="fault" role="alert">
        {fault}
      </p>
      <table>
        <thead>
          <tr>
            <th>{say('blockedNumber')}</th>
            <th>{say('blockedReason')}</th>
            <th>{say('blockedUntil')}</th>
            <th>{say('auditWho')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {page.value.blocked.map(({ number, reason, until, by }) => (
            <tr key={number}>
              <td>{number}</td>
              <td class="text">{reason}</td>
              <td class="timer">{until ? lastDay(until) : '–'}</td>
              <td>{by}</td>
              <td>
                <button disabled={busy} onClick={() => once(() => unblock(number))}>
                  {say('unblock')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {page.value.blocked.length === 0 && <p class="nothing">{say('blockedNobody')}</p>}
      <Ended />
    </main>
  );
}

function NewOne() {
  const { busy, once } = useOnce();
  const set = (field: keyof typeof typed.value) => (event: { currentTarget: { value: string } }) =>
    (typed.value = { ...typed.peek(), [field]: event.currentTarget.value });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        once(block);
      }}
    >
      <label>
        {say('blockedNumber')}
        <input name="number" required value={typed.value.number} onInput={set('number')} />
      </label>
      <label>
        {say('blockedReason')}
        <input
          name="reason"
          required
          maxLength={200}
          value={typed.value.reason}
          onInput={set('reason')}
        />
      </label>
      <label>
        {say('blockedUntil')}
        <input type="date" value={typed.value.until} onInput={set('until')} />
      </label>
      <button class="primary" disabled={busy}>
        {say('block')}
      </button>
    </form>
  );
}

/** A number is put into the form, so that somebody thinks about it before it is blocked. */
function Ended() {
  if (page.value.ended.length === 0) return null;
  const take = ({ number, about }: EndedCall) =>
    (typed.value = { ...typed.peek(), number, reason: about.slice(0, 200) });
  return (
    <>
      <h2>{say('endedAbusive')}</h2>
      <table>
        <tbody>
          {page.value.ended.map((call) => (
            <tr key={call.about}>
              <td class="timer">{moment(call.at)}</td>
              <td>{call.agent}</td>
              <td>{call.number || say('hiddenNumber')}</td>
              <td class="text">{call.about}</td>
              <td>{call.number && <button onClick={() => take(call)}>{say('block')}…</button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
