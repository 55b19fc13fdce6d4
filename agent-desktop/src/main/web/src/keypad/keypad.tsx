import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { say } from '../shared/words';
import { KEYS, keying } from './keys';
import './keypad.css';

/** Keys as a telephone has them: the other side of the talk hears them. */
export function Keypad({ contact, can }: { contact: string; can: boolean }) {
  const open = useSignal(false);
  return (
    <>
      <button
        class={can ? '' : 'cannot'}
        data-do="keypad"
        aria-disabled={!can}
        aria-expanded={open.value}
        onClick={() => {
          if (can || open.value) open.value = !open.value;
        }}
      >
        {say('keypad')}
      </button>
      {open.value && <Pad contact={contact} can={can} close={() => (open.value = false)} />}
    </>
  );
}

function Pad({ contact, can, close }: { contact: string; can: boolean; close: () => void }) {
  const keys = useMemo(() => keying(contact), [contact]);
  const pad = useRef<HTMLDivElement>(null);
  // What is typed next is meant for it.
  useLayoutEffect(() => pad.current?.focus(), []);
  return (
    <div
      class="card keypad"
      role="group"
      aria-label={say('keypad')}
      tabIndex={-1}
      ref={pad}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === 'Escape') close();
        else if (can && keys.press(event.key)) event.preventDefault();
      }}
    >
      <output aria-label={say('keysSent')}>{keys.shown}</output>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          data-key={key}
          disabled={!can}
          onClick={() => keys.press(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}
