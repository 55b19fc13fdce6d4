import { now } from '../socket/live';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import { finish } from './act';
import type { Contact } from './contacts';
import { draftOf, isKept, type } from './drafts';
import './note.css';

/**
 * What the contact is about, from the first ring on. It is at one place until the wrap-up is done;
 * said to be saved only when it is.
 */
export function Note({ contact, dispositions }: { contact: Contact; dispositions: string[] }) {
  const { contact: id, wrapUp } = contact;
  const draft = draftOf(id);
  const { busy, once } = useOnce();
  const left =
    wrapUp?.until === undefined ? null : Math.max(0, Math.floor((wrapUp.until - now.value) / 1000));
  return (
    <form
      class={`card note ${wrapUp ? 'wrap-up' : ''}`}
      data-kept={isKept(id)}
      onSubmit={(event) => {
        event.preventDefault();
        if (wrapUp) once(() => finish(id));
      }}
    >
      <h2>
        {say('whatAbout')}
        {left !== null && (
          <span class="left">
            {left} {say('secondsLeft')}
          </span>
        )}
      </h2>
      {dispositions.length > 0 && (
        <div class="chips" role="radiogroup">
          {dispositions.map((one) => (
            <button
              type="button"
              key={one}
              role="radio"
              data-disposition={one}
              aria-checked={draft.disposition === one}
              onClick={() => type(id, { disposition: one })}
            >
              {one}
            </button>
          ))}
        </div>
      )}
      <NoteText contact={id} rows={5} />
      <p class="kept">{isKept(id) && say('saved')}</p>
      {wrapUp && (
        <button
          class="primary"
          data-do="finish"
          disabled={busy.value || (wrapUp.dispositionNeeded && !draft.disposition)}
        >
          {draft.disposition ? say('finish') : say('finishOnly')}
        </button>
      )}
    </form>
  );
}

export function NoteText({ contact, rows }: { contact: string; rows: number }) {
  return (
    <label>
      {say('note')}
      <textarea
        rows={rows}
        maxLength={4000}
        value={draftOf(contact).note}
        onInput={(event) => type(contact, { note: event.currentTarget.value })}
      />
    </label>
  );
}
