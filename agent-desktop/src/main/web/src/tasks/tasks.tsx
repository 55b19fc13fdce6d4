import { act, finish } from '../contact/act';
import { settling, type Contact } from '../contact/contacts';
import { isKept } from '../contact/drafts';
import { NoteText } from '../contact/note';
import { Number } from '../dial/dialer';
import type { TaskView } from '../generated/wire';
import { now } from '../socket/live';
import { day, duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import './tasks.css';

/** A message or callback that the agent is offered or works on. */
export function Task({ contact: { contact }, task }: { contact: Contact; task: TaskView }) {
  const { busy, once } = useOnce();
  // A double click on the one is none on the other at its place.
  const dead = busy.value || settling.value.has(contact);
  const working = task.state === 'working';
  // Each has its place, as a call's have.
  const control = (type: 'answer' | 'decline') => ({
    class: working ? 'cannot' : type === 'answer' ? 'primary' : '',
    'aria-disabled': dead || working,
    onClick: () => {
      if (!dead && !working) once(() => act({ type, contact }));
    },
  });
  return (
    <article
      class={`card task task-${task.state}`}
      data-task={task.kind}
      data-state={task.state}
      data-kept={isKept(contact)}
    >
      <h2>
        {say(task.kind)} <span class="queue">{task.queueTitle}</span>
      </h2>
      <p>
        {task.name && <b>{task.name}</b>}{' '}
        {task.number && <Number number={task.number} about={contact} />}
        {!task.name && !task.number && <b>{say('hiddenNumber')}</b>}
      </p>
      <p class="when">
        {day(task.created)} · {say('waited')} {duration(now.value - task.created)}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (working && !dead) once(() => finish(contact));
        }}
      >
        <NoteText contact={contact} rows={2} />
        <p class="kept">{isKept(contact) && say('saved')}</p>
        <div class="buttons">
          <button
            type="button"
            {...control('answer')}
            data-do="accept-task"
            aria-keyshortcuts="Control+Enter"
            title="Ctrl+Enter"
          >
            {say('accept')}
          </button>
          <button type="button" {...control('decline')} data-do="decline-task">
            {say('decline')}
          </button>
          <button
            class={working ? 'primary' : 'cannot'}
            data-do="close-task"
            aria-disabled={dead || !working}
          >
            {say('closeTask')}
          </button>
        </div>
      </form>
      {task.seconds > 0 && working && (
        <audio
          controls
          preload="none"
          src={`/api/tasks/${encodeURIComponent(task.id)}/recording`}
        />
      )}
    </article>
  );
}
