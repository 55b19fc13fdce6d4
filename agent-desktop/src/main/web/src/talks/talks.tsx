import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FoundTalkLine, Refused, TalkPage } from '../generated/wire';
import { Player } from '../record/player';
import { beginOfDay, duration, endOfDay, moment } from '../shared/format';
import '../shared/list-page.css';
import './talks.css';
import { useOnce } from '../shared/once';
import { refusal, say } from '../shared/words';

// Recordings of talks, whoever called, the latest first.

const talks = signal<FoundTalkLine[]>([]);
const more = signal<string | null>(null);
const fault = signal('');
const wanted = signal({ about: '', from: '', until: '' });
/** As the lines that are there were looked for: what is typed since is not. */
let looked = wanted.peek();

async function load(after = ''): Promise<void> {
  const search = after ? looked : wanted.peek();
  const { about, from, until } = search;
  const fields = { about, from: beginOfDay(from), until: endOfDay(until), after };
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
  const response = await fetch('/api/talks?' + query.toString());
  if (!response.ok) {
    fault.value = refusal((await response.json()) as Refused);
    return;
  }
  const page = (await response.json()) as TalkPage;
  fault.value = '';
  looked = search;
  talks.value = after ? [...talks.peek(), ...page.talks] : page.talks;
  more.value = page.more ?? null;
}

export function Talks() {
  const { busy, once } = useOnce();
  useEffect(() => void load(), []);
  return (
    <main class="list-page talks">
      <Search />
      <p class="fault" role="alert">
        {fault}
      </p>
      <table>
        <thead>
          <tr>
            <th>{say('auditAt')}</th>
            <th>{say('blockedNumber')}</th>
            <th>{say('talkAgent')}</th>
            <th>{say('queue')}</th>
            <th>{say('talkLength')}</th>
            <th>{say('talkRecording')}</th>
          </tr>
        </thead>
        <tbody>
          {talks.value.map((talk) => (
            <tr key={talk.recording} data-contact={talk.contact}>
              <td class="timer">{moment(talk.began)}</td>
              <td>{talk.number || say('hiddenNumber')}</td>
              <td>{talk.agent}</td>
              <td>{talk.queue}</td>
              <td class="timer">
                {talk.ended ? duration(talk.ended - talk.began) : say('talkGoesOn')}
              </td>
              <td>{talk.ended && <Player recording={talk.recording} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {talks.value.length === 0 && !fault.value && <p class="nothing">{say('auditNothing')}</p>}
      {more.value && (
        <button disabled={busy} onClick={() => once(() => load(more.value!))}>
          {say('auditMore')}
        </button>
      )}
    </main>
  );
}

function Search() {
  const set = (field: keyof typeof wanted.value) => (event: { currentTarget: { value: string } }) =>
    (wanted.value = { ...wanted.peek(), [field]: event.currentTarget.value });
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
      <label>
        {say('talkAbout')}
        <input name="about" value={wanted.value.about} onInput={set('about')} />
      </label>
      <button class="primary">{say('auditSearch')}</button>
    </form>
  );
}
