import { useRef } from 'preact/hooks';
import { now } from '../socket/live';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import { finish } from './act';
import { settling, type Contact } from './contacts';
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
  const mayFinish = !wrapUp?.dispositionNeeded || draft.disposition !== '';
  return (
    <form
      class={`card note ${wrapUp ? 'wrap-up' : ''}`}
      data-kept={isKept(id)}
      onSubmit={(event) => {
        event.preventDefault();
        if (wrapUp && mayFinish) once(() => finish(id));
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
        <Dispositions
          all={dispositions}
          chosen={draft.disposition}
          choose={(disposition) => type(id, { disposition })}
          dead={settling.value.has(id)}
        />
      )}
      <NoteText contact={id} rows={5} />
      <p class="kept">{isKept(id) && say('saved')}</p>
      {wrapUp && (
        <button
          data-do="finish"
          class={`primary ${mayFinish ? '' : 'cannot'}`}
          aria-disabled={busy.value || !mayFinish}
        >
          {draft.disposition ? say('finish') : say('finishOnly')}
        </button>
      )}
    </form>
  );
}

/** What comes after the one that has the focus, by these keys. */
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One stop for the Tab key; within it the arrows choose. */
function Dispositions({
  all,
  chosen,
  choose,
  dead,
}: {
  all: string[];
  chosen: string;
  choose: (disposition: string) => void;
  /** A key that is pressed now was meant for what was before. */
  dead: boolean;
}) {
  const group = useRef<HTMLDivElement>(null);
  const at = Math.max(0, all.indexOf(chosen));
  const go = (to: number) => {
    choose(all[to]!);
    (group.current!.children[to] as HTMLElement).focus();
  };
  return (
    <div
      class="chips"
      role="radiogroup"
      aria-label={say('disposition')}
      ref={group}
      onKeyDown={(event) => {
        const from = [...group.current!.children].indexOf(event.target as HTMLElement);
        const step = STEPS[event.key];
        if (from < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
        if (step !== undefined) go((from + step + all.length) % all.length);
        else if (event.key === 'Home') go(0);
        else if (event.key === 'End') go(all.length - 1);
        else return;
        event.preventDefault();
      }}
    >
      {all.map((one, index) => (
        <button
          type="button"
          key={one}
          role="radio"
          data-disposition={one}
          aria-checked={chosen === one}
          tabIndex={index === at ? 0 : -1}
          onClick={(event) => {
            if (!(dead && event.detail === 0)) choose(one);
          }}
        >
          {one}
        </button>
      ))}
    </div>
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
