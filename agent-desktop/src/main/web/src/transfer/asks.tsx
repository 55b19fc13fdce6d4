import { act } from '../contact/act';
import type { AsksView, FromDesk } from '../generated/wire';
import { now } from '../socket/live';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import './asks.css';

/** Whom the agent asks beside the caller, how far that is, and what they can do about it now. */
export function Asks({ contact, asks, dead }: { contact: string; asks: AsksView; dead: boolean }) {
  const { busy, once } = useOnce();
  const off = dead || busy.value;
  const control = (command: FromDesk) => ({
    'aria-disabled': off,
    onClick: () => {
      if (!off) once(() => act(command));
    },
  });
  return (
    <div
      class="card asks"
      role="group"
      aria-label={say('consulting')}
      data-progress={asks.progress}
      data-with={asks.withCaller ? 'caller' : 'colleague'}
    >
      <p aria-live="polite">
        <b>{say('consulting')}</b> <bdi>{asks.whom}</bdi> ·{' '}
        {say(asks.progress === 'waiting' ? 'asksWaiting' : asks.progress)}{' '}
        <span class="timer">{duration(now.value - asks.since)}</span>
      </p>
      <button data-do="alternate" {...control({ type: 'alternate', contact })}>
        {say(asks.withCaller ? 'toWhomAsked' : 'toCaller')}
      </button>
      <button
        class="primary"
        data-do="complete-consultation"
        {...control({ type: 'completeConsultation', contact })}
      >
        {say('completeConsultation')}
      </button>
      <button data-do="cancel-consultation" {...control({ type: 'cancelConsultation', contact })}>
        {say('cancelConsultation')}
      </button>
    </div>
  );
}
