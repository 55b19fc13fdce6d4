import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Fault, Faulty, ScriptInfo, ScriptList, VersionList } from '../generated/wire';
import { day } from '../shared/format';
import { say } from '../shared/words';
import './scripts.css';

// Scripts as a supervisor sees them: drawn, with the callers of the last day on every line, and
// their versions.

const scripts = signal<ScriptInfo[]>([]);
const chosen = signal('');
const versions = signal<ScriptInfo[]>([]);
const text = signal<string | null>(null);
const faults = signal<Fault[]>([]);
const message = signal('');
const drawn = signal(Date.now());

const address = (...parts: string[]) =>
  '/api/scripts' + parts.map((part) => '/' + encodeURIComponent(part)).join('');

async function load(): Promise<void> {
  const body = (await (await fetch(address())).json()) as ScriptList;
  scripts.value = body.scripts;
  if (!chosen.value && body.scripts.length > 0) await choose(body.scripts[0]!.name);
}

async function choose(name: string): Promise<void> {
  chosen.value = name;
  text.value = null;
  faults.value = [];
  message.value = '';
  await reload();
}

async function reload(): Promise<void> {
  drawn.value = Date.now();
  const body = (await (await fetch(address(chosen.value, 'versions'))).json()) as VersionList;
  versions.value = body.versions;
}

async function taken(response: Response): Promise<void> {
  const body = (await response.json()) as Partial<Faulty>;
  if (response.ok) {
    text.value = null;
    faults.value = [];
    message.value = say('scriptTaken');
    await load();
    await reload();
  } else {
    message.value = body.message ?? '';
    faults.value = body.faults ?? [];
  }
}

async function edit(): Promise<void> {
  text.value = await (await fetch(address(chosen.value))).text();
  message.value = '';
  faults.value = [];
}

const save = async () =>
  taken(
    await fetch(address(chosen.value), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/yaml' },
      body: text.value!,
    }),
  );

const restore = async (version: number) =>
  taken(
    await fetch(address(chosen.value, 'versions', String(version), 'restore'), { method: 'POST' }),
  );

export function Scripts() {
  useEffect(() => void load(), []);
  const live = scripts.value.find((script) => script.name === chosen.value);
  return (
    <main class="scripts">
      <aside>
        <ul class="card script-list">
          {scripts.value.map((script) => (
            <li key={script.name}>
              <button
                aria-current={script.name === chosen.value ? 'true' : undefined}
                data-script={script.name}
                onClick={() => void choose(script.name)}
              >
                {script.name}
                <span>
                  {script.steps} {say('steps')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {live && <Versions live={live.version} />}
      </aside>
      {live && (
        <section class="card">
          <div class="buttons">
            {text.value === null ? (
              <>
                <button data-do="edit" onClick={() => void edit()}>
                  {say('edit')}
                </button>
                <button data-do="redraw" onClick={() => (drawn.value = Date.now())}>
                  {say('redraw')}
                </button>
              </>
            ) : (
              <>
                <button class="primary" data-do="take" onClick={() => void save()}>
                  {say('takeScript')}
                </button>
                <button onClick={() => (text.value = null)}>{say('cancel')}</button>
              </>
            )}
            <span class="notice" role="status">
              {message.value}
            </span>
          </div>
          {faults.value.length > 0 && (
            <ul class="faults">
              {faults.value.map((fault, index) => (
                <li key={index}>
                  <b>
                    {fault.file}:{fault.line}
                  </b>{' '}
                  {fault.message}
                </li>
              ))}
            </ul>
          )}
          {text.value === null ? (
            <div class="picture">
              <img
                src={`${address(live.name, 'picture.svg')}?${live.version}-${drawn.value}`}
                alt={live.name}
              />
            </div>
          ) : (
            <textarea
              class="yaml"
              spellcheck={false}
              aria-label={live.name}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          )}
        </section>
      )}
    </main>
  );
}

function Versions({ live }: { live: number }) {
  return (
    <table class="card versions">
      <thead>
        <tr>
          <th>{say('version')}</th>
          <th>{say('takenBy')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {versions.value.map((version) => (
          <tr key={version.version} data-version={version.version}>
            <td>{version.version}</td>
            <td>
              {version.by}
              <span class="when">{day(version.taken)}</span>
            </td>
            <td>
              {version.version === live ? (
                say('live')
              ) : (
                <button data-do="restore" onClick={() => void restore(version.version)}>
                  {say('restore')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
