import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { act } from '../contact/act';
import type { Colleague, Destination, FromDesk } from '../generated/wire';
import { now } from '../socket/live';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say, sayIfKnown } from '../shared/words';
import { isNumber, lookup } from './directory';
import './transfer.css';

/** Gives the caller away: to a colleague, a queue or a number, with a word of why. */
export function Transfer({ contact, can }: { contact: string; can: boolean }) {
  const open = useSignal(false);
  return (
    <>
      <button
        class={can ? '' : 'cannot'}
        data-do="transfer"
        aria-disabled={!can}
        aria-expanded={open.value}
        onClick={() => {
          if (can || open.value) open.value = !open.value;
        }}
      >
        {say('transfer')}
      </button>
      {open.value && <Whom contact={contact} can={can} close={() => (open.value = false)} />}
    </>
  );
}

function Whom({ contact, can, close }: { contact: string; can: boolean; close: () => void }) {
  const directory = useMemo(lookup, []);
  const why = useSignal('');
  const { busy, once } = useOnce();
  useEffect(() => {
    void directory.look();
    return () => directory.stop();
  }, []);
  const give = (command: FromDesk) => {
    if (!can) return;
    once(async () => {
      const reply = await act(command);
      if (reply.ok) close();
    });
  };
  const found = directory.found.value;
  const typed = directory.text.value.trim();
  const off = busy.value || !can;
  return (
    <form
      class="card transfer"
      role="search"
      aria-label={say('transfer')}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <label>
        {say('transferTo')}
        <input
          type="search"
          name="transfer-to"
          autocomplete="off"
          maxLength={100}
          // Where they look and type next.
          ref={(field) => field?.focus()}
          value={directory.text}
          onInput={(event) => directory.type(event.currentTarget.value, event.isComposing)}
          onCompositionEnd={(event) => directory.type(event.currentTarget.value)}
        />
      </label>
      <label>
        {say('transferWhy')}
        <input
          name="transfer-why"
          autocomplete="off"
          maxLength={200}
          value={why}
          onInput={(event) => (why.value = event.currentTarget.value)}
        />
      </label>
      <p class="fault" role="alert">
        {directory.fault}
      </p>
      <div class="whom">
        {isNumber(typed) && (
          <button
            type="button"
            data-number={typed}
            disabled={off}
            onClick={() =>
              give({ type: 'transferToNumber', contact, number: typed, why: why.value })
            }
          >
            <b>{typed}</b>
            <small>{say('transferOutside')}</small>
          </button>
        )}
        {found?.queues.map((queue) => (
          <ToQueue
            key={queue.queue}
            queue={queue}
            off={off}
            give={() =>
              give({ type: 'transferToQueue', contact, queue: queue.queue, why: why.value })
            }
          />
        ))}
        {found?.colleagues.map((colleague) => (
          <ToColleague
            key={colleague.agent}
            colleague={colleague}
            off={off}
            give={() =>
              give({
                type: 'transferToAgent',
                contact,
                colleague: colleague.agent,
                why: why.value,
              })
            }
          />
        ))}
        {found && found.queues.length + found.colleagues.length === 0 && !isNumber(typed) && (
          <p class="nothing">{say('transferNobody')}</p>
        )}
        {found?.more && <p class="nothing">{say('searchMore')}</p>}
      </div>
    </form>
  );
}

function ToQueue({ queue, off, give }: { queue: Destination; off: boolean; give: () => void }) {
  return (
    <button type="button" data-queue={queue.queue} disabled={off} onClick={give}>
      <b>{queue.title}</b>
      <small>
        {say('queue')} · {say('waiting')} {queue.waiting}
        {queue.oldest && ` · ${duration(now.value - queue.oldest)}`}
      </small>
    </button>
  );
}

function ToColleague({
  colleague,
  off,
  give,
}: {
  colleague: Colleague;
  off: boolean;
  give: () => void;
}) {
  return (
    <button
      type="button"
      class={`state-${colleague.state}`}
      data-colleague={colleague.agent}
      disabled={off || !colleague.takesCalls}
      onClick={give}
    >
      <b>{colleague.name}</b>
      <small>
        {sayIfKnown(colleague.state, colleague.state)} · {duration(now.value - colleague.since)}
      </small>
    </button>
  );
}
