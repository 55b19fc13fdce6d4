import { useSignal } from '@preact/signals';
import { act } from './desk';
import { day, duration } from './format';
import { now, tasks } from './live';
import { useOnce } from './once';
import type { TaskView } from './protocol';
import { say, type Word } from './words';

/** Messages and callbacks that the agent is offered or works on. */
export function Tasks() {
  return (
    <>
      {tasks.value.map((task) => (
        <Task key={task.id} task={task} />
      ))}
    </>
  );
}

function Task({ task }: { task: TaskView }) {
  const note = useSignal('');
  const { busy, once } = useOnce();
  return (
    <article class={`card task task-${task.state}`} data-task={task.kind} data-state={task.state}>
      <h2>
        {say(task.kind as Word)} <span class="queue">{task.queueTitle}</span>
      </h2>
      <p>
        <b>{task.name || task.number || say('hiddenNumber')}</b>
        {task.name && task.number && ' '}
        {task.name && task.number && <a href={`tel:${task.number}`}>{task.number}</a>}
      </p>
      <p class="when">
        {day(task.created)} · {say('waited')} {duration(now.value - task.created)}
      </p>
      {task.seconds > 0 && task.state === 'working' && (
        <audio
          controls
          preload="none"
          src={`/api/tasks/${encodeURIComponent(task.id)}/recording`}
        />
      )}
      {task.state === 'offered' ? (
        <div class="buttons">
          <button
            class="primary"
            data-do="accept-task"
            disabled={busy.value}
            onClick={() => once(() => act('acceptTask', { task: task.id }))}
          >
            {say('accept')}
          </button>
          <button
            data-do="decline-task"
            disabled={busy.value}
            onClick={() => once(() => act('declineTask', { task: task.id }))}
          >
            {say('decline')}
          </button>
        </div>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            once(() => act('closeTask', { task: task.id, note: note.value }));
          }}
        >
          <label>
            {say('note')}
            <textarea
              rows={2}
              maxLength={4000}
              value={note}
              onInput={(event) => (note.value = event.currentTarget.value)}
            />
          </label>
          <button class="primary" data-do="close-task" disabled={busy.value}>
            {say('closeTask')}
          </button>
        </form>
      )}
    </article>
  );
}
