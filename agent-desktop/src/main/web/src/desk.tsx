import { ask, me, notice, now, pbxConnected, pop, queues, tasks } from './live';
import { duration } from './format';
import type { AgentView, Reply } from './protocol';
import { Pop } from './pop';
import { refusal, say, sayIfKnown, type Word } from './words';
import { Tasks } from './tasks';
import { WrapUp } from './wrapup';

const REASONS = ['break', 'lunch', 'training'];

/** Does it, and shows a refusal where the agent looks. */
export async function act(type: string, fields: Record<string, unknown> = {}): Promise<Reply> {
  const reply = await ask(type, fields);
  notice.value = reply.ok ? '' : refusal(reply);
  return reply;
}

export function Desk() {
  const view = me.value;
  if (!view) return <main class="desk" />;
  const calling = pop.value !== null;
  return (
    <main class="desk">
      <aside>
        <StateCard view={view} />
        <Queues />
      </aside>
      <section class="work">
        <p class="notice" role="alert">
          {notice}
        </p>
        {calling && <Controls view={view} />}
        {view.state === 'wrap-up' && pop.value && (
          <WrapUp key={pop.value.call} pop={pop.value} view={view} />
        )}
        <Tasks />
        {pop.value ? (
          <Pop key={pop.value.call} pop={pop.value} />
        ) : (
          tasks.value.length === 0 && <Nobody view={view} />
        )}
      </section>
    </main>
  );
}

/** Ready already, busy with nothing pending, or a disposition still to be chosen: nothing to do. */
function canGoReady(view: AgentView): boolean {
  if (view.state === 'not-ready' || view.pending) return true;
  return view.state === 'wrap-up' && !view.dispositionNeeded;
}

function StateCard({ view }: { view: AgentView }) {
  const pending = view.pending.replace('not-ready:', '');
  return (
    <div class={`card state state-${view.state}`} data-state={view.state}>
      <div class="state-name" aria-live="polite">
        {say(view.state)}
      </div>
      <div class="timer">{duration(now.value - view.since)}</div>
      {view.reason && <div>{sayIfKnown('reason-' + view.reason, view.reason)}</div>}
      {pending && (
        <div class="pending">
          {view.pending === 'log-out' ? say('logOut') : sayIfKnown('reason-' + pending, pending)} ·{' '}
          {say('afterCall')}
        </div>
      )}
      <div class={`phone phone-${view.phone}`}>
        {say('phone')}: {say(`phone-${view.phone}` as Word)}
      </div>
      <div class="buttons">
        <button
          class="primary"
          data-do="ready"
          disabled={!canGoReady(view)}
          onClick={() => void act('ready')}
        >
          {say('goReady')}
        </button>
        {REASONS.map((reason) => (
          <button
            key={reason}
            data-do={`not-ready-${reason}`}
            onClick={() => void act('notReady', { reason })}
          >
            {sayIfKnown('reason-' + reason, reason)}
          </button>
        ))}
      </div>
    </div>
  );
}

function Controls({ view }: { view: AgentView }) {
  const talking = view.state === 'talking' || view.state === 'hold';
  if (!talking && view.state !== 'ringing') return null;
  return (
    <div class="controls" role="toolbar">
      {view.state === 'ringing' && (
        <button class="answer" data-do="answer" onClick={() => void act('answer')}>
          {say('answer')}
        </button>
      )}
      {view.state === 'talking' && (
        <button data-do="hold" onClick={() => void act('hold')}>
          {say('putOnHold')}
        </button>
      )}
      {view.state === 'hold' && (
        <button class="primary" data-do="retrieve" onClick={() => void act('retrieve')}>
          {say('retrieve')}
        </button>
      )}
      {talking && (
        <button class="hang-up" data-do="hang-up" onClick={() => void act('hangUp')}>
          {say('hangUp')}
        </button>
      )}
      <span class="timer">{duration(now.value - view.since)}</span>
    </div>
  );
}

function Nobody({ view }: { view: AgentView }) {
  return (
    <div class="nobody">
      <h2>{say('waitingForCall')}</h2>
      <p>{say(view.state === 'ready' ? 'noCallReady' : 'noCallNotReady')}</p>
      {!pbxConnected.value && <p class="fault">{say('pbxLost')}</p>}
    </div>
  );
}

/** The queues in the corner of the desk. */
function Queues() {
  return (
    <table class="card queues">
      <thead>
        <tr>
          <th>{say('queue')}</th>
          <th>{say('waiting')}</th>
          <th>{say('longestWait')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.value.map((queue) => (
          <tr key={queue.queue} class={queue.waiting > 0 ? 'busy' : ''}>
            <td>{queue.title}</td>
            <td>{queue.waiting}</td>
            <td>{queue.oldest ? duration(now.value - queue.oldest) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
