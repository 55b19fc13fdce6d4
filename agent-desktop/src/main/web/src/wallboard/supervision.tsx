import { act } from '../contact/act';
import type { AgentView } from '../generated/wire';
import { inCall } from '../contact/contacts';
import { agents, hello, pbxConnected, supervisions } from '../socket/live';
import { useOnce } from '../shared/once';
import { say, type Word } from '../shared/words';
import { isInConference, isOnHold, myPart, talkOf, WAYS } from './figures';

// A supervisor takes part in an agent's talk, by their own phone.

const may = () => hello.value?.user?.may.includes('supervise') ?? false;
const me = () => hello.value?.user?.name ?? '';
const mine = () => myPart(supervisions.value, me());

const titled = (agent: string) => agents.value.find((one) => one.agent === agent)?.name ?? agent;

/** Why nothing can be done with the PBX; undefined: it can. */
const linkLost = (): Word | undefined => (pbxConnected.value ? undefined : 'refused-pbx-down');

/** Who takes part in an agent's talk, beside who looks at it. */
export function Listening({ agent }: { agent: string }) {
  const all = supervisions.value.find((one) => one.agent === agent)?.supervisors ?? [];
  return (
    <>
      {all
        .filter((one) => one.connected && one.user !== me())
        .map((one) => (
          <span key={one.user} class="chip part" data-part={one.how}>
            {one.user}: {say(`part-${one.how}`)}
          </span>
        ))}
    </>
  );
}

/** The beginning of it; what one can do then stands in a place of its own, because rows move. */
export function Listen({ agent }: { agent: AgentView }) {
  const { busy, once } = useOnce();
  if (!may()) return null;
  const part = mine();
  const isMine = part?.agent === agent.agent;
  if (isMine)
    return <span class="chip part">{say(part.connected ? `part-${part.how}` : 'partRings')}</span>;
  const contact = talkOf(agent);
  const cannot = inCall() ? 'refused-in-call' : linkLost();
  return (
    <button
      data-do="listen"
      disabled={busy.value || !contact || agent.agent === me() || !!cannot}
      title={cannot && say(cannot)}
      onClick={() =>
        contact &&
        once(() => act({ type: 'supervise', colleague: agent.agent, contact, how: 'listen' }))
      }
    >
      {say('way-listen')}
    </button>
  );
}

/** Whom the supervisor hears, and how they take part. */
export function MyPart() {
  const { busy, once } = useOnce();
  const part = mine();
  if (!part) return null;
  const { agent, how, connected } = part;
  const view = agents.value.find((one) => one.agent === agent);
  // What is pressed is meant for this talk, and for none that comes in that moment.
  const contact = talkOf(view) ?? '';
  const lost = linkLost();
  const cannot = {
    barge: isInConference(view)
      ? 'refused-barge-in-conference'
      : isOnHold(view)
        ? 'refused-barge-on-hold'
        : undefined,
    takeOver: lost ?? (isInConference(view) ? 'refused-take-over-conference' : undefined),
  } satisfies Record<string, Word | undefined>;
  const heard: Word =
    isInConference(view) && how !== 'barge' ? `partAll-${how}` : `partMine-${how}`;
  const why = (reason: Word | undefined) => ({ title: reason && say(reason) });
  return (
    <section class="card my-part" data-supervises={agent} data-how={connected ? how : 'rings'}>
      <p role="status">
        <b>{titled(agent)}</b> · {say(connected ? heard : 'partMineRings')}
        {cannot.barge && connected && <small class="cannot"> {say(cannot.barge)}</small>}
      </p>
      <div class="ways" role="toolbar" aria-label={titled(agent)}>
        {WAYS.map((way) => (
          <button
            key={way}
            data-do={`way-${way}`}
            aria-pressed={connected && way === how}
            disabled={busy.value || !connected || !!lost || (way === 'barge' && !!cannot.barge)}
            {...why(lost ?? (way === 'barge' ? cannot.barge : undefined))}
            onClick={() =>
              once(() => act({ type: 'supervise', colleague: agent, contact, how: way }))
            }
          >
            {say(`way-${way}`)}
          </button>
        ))}
        <button
          data-do="take-over"
          disabled={busy.value || !connected || !!cannot.takeOver}
          {...why(cannot.takeOver)}
          onClick={() => once(() => act({ type: 'takeOver', contact }))}
        >
          {say('partTakeOver')}
        </button>
        <button
          class="hang-up"
          data-do="end-supervision"
          disabled={busy}
          onClick={() => once(() => act({ type: 'endSupervision' }))}
        >
          {say('partEnd')}
        </button>
      </div>
    </section>
  );
}
