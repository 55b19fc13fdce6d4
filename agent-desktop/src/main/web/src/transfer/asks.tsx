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
  const mayJoin = !conference && asks.progress === 'talking' && !asks.holds;
  // Each has its place, whatever becomes of the consultation.
  const control = (command: FromDesk, can = true) => ({
    'aria-disabled': off || !can,
    onClick: () => {
      if (!off && can) once(() => act(command));
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
      <button
        class={conference ? 'cannot' : ''}
        data-do="alternate"
        {...control({ type: 'alternate', contact }, !conference)}
      >
        {say(asks.withCaller ? 'toWhomAsked' : 'toCaller')}
      </button>
      <button
        class={mayJoin ? '' : 'cannot'}
        data-do="conference"
        title={asks.holds ? say('refused-colleague-holds') : undefined}
        {...control({ type: 'conference', contact }, mayJoin)}
      >
        {say('makeConference')}
      </button>
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
