import { act } from '../contact/act';
import type { AsksView, FromDesk } from '../generated/wire';
import { now } from '../socket/live';
import { duration } from '../shared/format';
import { useOnce } from '../shared/once';
import { say } from '../shared/words';
import './asks.css';

interface Asking {
  contact: string;
  asks: AsksView;
  conference: boolean;
  dead: boolean;
}

/** Whom the agent asks beside the caller, how far that is, and what they can do about it now. */
export function Asks({ contact, asks, conference, dead }: Asking) {
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
      aria-label={say(conference ? 'conference' : 'consulting')}
      data-progress={asks.progress}
      data-with={conference ? 'both' : asks.withCaller ? 'caller' : 'colleague'}
    >
      <p aria-live="polite">
        <b>{say(conference ? 'conferenceWith' : 'consulting')}</b> <bdi>{asks.whom}</bdi>
        {!conference && (
          <> · {say(asks.progress === 'waiting' ? 'asksWaiting' : asks.progress)}</>
        )}{' '}
        <span class="timer">{duration(now.value - asks.since)}</span>
      </p>
      {!conference && (
        <button data-do="alternate" {...control({ type: 'alternate', contact })}>
          {say(asks.withCaller ? 'toWhomAsked' : 'toCaller')}
        </button>
      )}
      {!conference && asks.progress === 'talking' && (
        <button data-do="conference" {...control({ type: 'conference', contact })}>
          {say('makeConference')}
        </button>
      )}
      <button
        class="primary"
        data-do="complete-consultation"
        {...control({ type: 'completeConsultation', contact })}
      >
        {say(conference ? 'leaveConference' : 'completeConsultation')}
      </button>
      <button data-do="cancel-consultation" {...control({ type: 'cancelConsultation', contact })}>
        {say(conference ? 'dropColleague' : 'cancelConsultation')}
      </button>
    </div>
  );
}
