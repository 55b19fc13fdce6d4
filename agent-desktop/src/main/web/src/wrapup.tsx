import { useSignal } from '@preact/signals';
import { act } from './desk';
import { now } from './live';
import { useOnce } from './once';
import type { AgentView, ScreenPop } from './protocol';
import { say } from './words';

/** After the call: what it was about. Said to be saved only when it is. */
export function WrapUp({ pop, view }: { pop: ScreenPop; view: AgentView }) {
  const disposition = useSignal('');
  const note = useSignal('');
  const { busy, once } = useOnce();
  const left =
    view.until === null ? null : Math.max(0, Math.floor((view.until - now.value) / 1000));

  return (
    <form
      class="card wrap-up"
      onSubmit={(event) => {
        event.preventDefault();
        once(() => act('wrapUp', { disposition: disposition.value, note: note.value }));
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
      <div class="chips" role="radiogroup">
        {pop.dispositions.map((one) => (
          <button
            type="button"
            key={one}
            role="radio"
            data-disposition={one}
            aria-checked={disposition.value === one}
            onClick={() => (disposition.value = one)}
          >
            {one}
          </button>
        ))}
      </div>
      <label>
        {say('note')}
        <textarea
          rows={2}
          maxLength={4000}
          value={note}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <button
        class="primary"
        data-do="finish"
        disabled={busy.value || (view.dispositionNeeded && !disposition.value)}
      >
        {disposition.value ? say('finish') : say('finishOnly')}
      </button>
    </form>
  );
}
