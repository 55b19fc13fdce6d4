import { effect, signal } from '@preact/signals';
import { act } from '../contact/act';
import type { AgentView, QueueView, Waiter } from '../generated/wire';
import {
  agents,
  gaps,
  hello,
  notice,
  now,
  pbxConnected,
  recordable,
  queues,
  refusedTurns,
  shadow,
  waiters,
} from '../socket/live';
import { day, duration, percent, span } from '../shared/format';
import { say, sayIfKnown } from '../shared/words';
import { byState, isLate, isMet, sampled, sparkline, waitersInOrder } from './figures';
import { Listen, Listening, MyPart } from './supervision';
import './wallboard.css';

const SAMPLE_EVERY = 5_000;

/** How many waited in each queue, one number every five seconds since the page was opened. */
const samples = signal<Record<string, number[]>>({});
let lastSample = 0;
effect(() => {
  if (now.value - lastSample < SAMPLE_EVERY) return;
  lastSample = now.value;
  samples.value = sampled(samples.peek(), queues.peek());
});

export function Wallboard() {
  return (
    <main class="wallboard">
      {!pbxConnected.value && <p class="fault">{say('pbxLost')}</p>}
      {!recordable.value && (
        <p class="fault" data-recordings="impossible">
          {say('recordingsImpossible')}
        </p>
      )}
      {gaps.value.map((gap) => (
        <p key={gap.from} class="fault" data-gap={gap.from}>
          {say('historyLacks')} {gap.since ? day(gap.since) : '…'} – {day(gap.until)}
        </p>
      ))}
      {refusedTurns.value > 0 && (
        <p class="fault" data-refused={refusedTurns.value}>
          {say('historyRefused')}{' '}
          {hello.value?.user?.may.includes('read-audit') ? (
            <a href="/audit#refused">{refusedTurns.value}</a>
          ) : (
            refusedTurns.value
          )}
        </p>
      )}
      <div class="queue-cards">
        {queues.value.map((queue) => (
          <QueueCard key={queue.queue} queue={queue} />
        ))}
      </div>
      <p class="notice" role="alert">
        {notice}
      </p>
      <MyPart />
      <Waiting />
      <AgentsByState />
      <Shadow />
    </main>
  );
}

function QueueCard({ queue }: { queue: QueueView }) {
  const met = isMet(queue);
  const late = isLate(queue, now.value);
  return (
    <section class="card queue-card" data-queue={queue.queue}>
      <h2>{queue.title}</h2>
      <div class="big">
        <div class={late ? 'late' : ''}>
          <b data-figure="waiting">{queue.waiting}</b>
          <span>{say('waiting')}</span>
        </div>
        <div class={late ? 'late' : ''}>
          <b data-figure="longest">{queue.oldest ? duration(now.value - queue.oldest) : '–'}</b>
          <span>{say('longestWait')}</span>
        </div>
      </div>
      <Sparkline values={samples.value[queue.queue] ?? []} />
      <div class={`level ${met ? 'met' : 'missed'}`}>
        <div class="level-text">
          <b data-figure="service-level">{percent(queue.serviceLevel)}</b>
          <span>
            {say('serviceLevel')} {say('today')} · {say('target')} {queue.targetPercent} % /{' '}
            {span(queue.targetSeconds)}
          </span>
        </div>
        <div class="bar">
          <i style={{ width: `${(queue.serviceLevel ?? 0) * 100}%` }} />
          <u style={{ left: `${queue.targetPercent}%` }} />
        </div>
      </div>
      <dl class="small">
        <div>
          <dt>{say('cameIn')}</dt>
          <dd data-figure="offered">{queue.offered}</dd>
        </div>
        <div>
          <dt>{say('answered')}</dt>
          <dd data-figure="answered">{queue.answered}</dd>
        </div>
        <div>
          <dt>{say('abandoned')}</dt>
          <dd data-figure="abandoned">{queue.abandoned}</dd>
        </div>
        <div>
          <dt>{say('overflowed')}</dt>
          <dd data-figure="overflowed">{queue.overflowed}</dd>
        </div>
        {queue.chose > 0 && (
          <div>
            <dt>{say('chose')}</dt>
            <dd data-figure="chose">{queue.chose}</dd>
          </div>
        )}
        {queue.unserved > 0 && (
          <div>
            <dt>{say('unserved')}</dt>
            <dd data-figure="unserved">{queue.unserved}</dd>
          </div>
        )}
        <div>
          <dt>{say('asa')}</dt>
          <dd data-figure="asa">{queue.asaMillis === null ? '–' : duration(queue.asaMillis)}</dd>
        </div>
        {queue.satisfaction !== null && (
          <div>
            <dt>{say('satisfaction')}</dt>
            <dd data-figure="satisfaction">{percent(queue.satisfaction)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** Who waits, and a way to have somebody go first. */
function Waiting() {
  const rows = waitersInOrder(waiters.value, queues.value);
  if (rows.length === 0) return null;
  return (
    <section class="card waiting">
      <h2>{say('whoWaits')}</h2>
      <table>
        <thead>
          <tr>
            <th>{say('queue')}</th>
            <th>{say('caller')}</th>
            <th>{say('waited')}</th>
            <th>{say('priority')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, waiter }) => (
            <WaiterRow key={waiter.contact} title={title} waiter={waiter} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const BOOST = 100;

function WaiterRow({ title, waiter }: { title: string; waiter: Waiter }) {
  const boosted = waiter.boost !== 0;
  return (
    <tr data-call={waiter.contact}>
      <td>{title}</td>
      <td>
        {waiter.name || say('hiddenNumber')}
        {waiter.tier && waiter.tier !== 'standard' && (
          <span class={`tier tier-${waiter.tier}`}>{waiter.tier}</span>
        )}
      </td>
      <td class="timer">{duration(now.value - waiter.since)}</td>
      <td class="timer">{waiter.priority}</td>
      <td>
        <button
          data-do="boost"
          aria-pressed={boosted}
          onClick={() =>
            void act({ type: 'boost', contact: waiter.contact, points: boosted ? 0 : BOOST })
          }
        >
          {say(boosted ? 'boostBack' : 'boost')}
        </button>
      </td>
    </tr>
  );
}

/** What the policy in the shadow would have done. */
function Shadow() {
  const view = shadow.value;
  if (!view?.policy) return null;
  return (
    <section class="card shadow" data-shadow={view.policy}>
      <h2>
        {say('shadow')}: {view.policy}
      </h2>
      <p>
        {view.asked} {say('choices')} ·{' '}
        <b>{percent(view.asked ? view.otherwise / view.asked : null)}</b> {say('otherwise')}{' '}
        {view.last && <span class="reason">{view.last}</span>}
      </p>
    </section>
  );
}

function Sparkline({ values }: { values: number[] }) {
  const points = sparkline(values);
  return (
    <svg class="spark" viewBox="0 0 240 40" preserveAspectRatio="none" role="img">
      <title>{say('lastMinutes')}</title>
      <line x1="0" x2="240" y1="38" y2="38" />
      {points.length > 1 && (
        <>
          <polygon points={`${points[0]!.split(',')[0]},38 ${points.join(' ')} 240,38`} />
          <polyline points={points.join(' ')} />
        </>
      )}
    </svg>
  );
}

function AgentsByState() {
  const groups = byState(agents.value);
  return (
    <section class="card agents">
      <h2>{say('agents')}</h2>
      <div class="state-counts">
        {groups.map(({ state, agents: members }) => (
          <span key={state} class={`chip state-${state}`} data-state={state}>
            {say(state)} <b>{members.length}</b>
          </span>
        ))}
      </div>
      <table>
        <tbody>
          {groups.flatMap(({ agents: members }) =>
            members.map((agent) => <AgentRow key={agent.agent} agent={agent} />),
          )}
        </tbody>
      </table>
    </section>
  );
}

function AgentRow({ agent }: { agent: AgentView }) {
  const [first, ...more] = agent.contacts;
  return (
    <tr data-agent={agent.agent} data-state={agent.state}>
      <td>{agent.name}</td>
      <td>
        <span class={`chip state-${agent.state}`}>{say(agent.state)}</span>
        {agent.reason && (
          <span class="reason">{sayIfKnown('reason-' + agent.reason, agent.reason)}</span>
        )}
        {(agent.phone === 'UNREACHABLE' || agent.phone === 'DO_NOT_DISTURB') && (
          <span class="reason">{say(`phone-${agent.phone}`)}</span>
        )}
      </td>
      <td class="timer">{agent.state === 'logged-out' ? '' : duration(now.value - agent.since)}</td>
      <td>{first?.queueTitle}</td>
      <td>
        {first?.customer}
        {more.length > 0 && ` +${more.length}`}
      </td>
      <td class="listening">
        <Listening agent={agent.agent} />
        <Listen agent={agent} />
      </td>
    </tr>
  );
}
