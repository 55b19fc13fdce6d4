import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { say, type Word } from '../shared/words';
import { devicesChanged, mute, muted, phoneState, sending, takePhone, talking } from './phone';
import {
  canChooseOutputs,
  chosen,
  cleaned,
  devices,
  keep,
  keepCleaned,
  keepVolume,
  listDevices,
  meter,
  microphone,
  tryOutput,
  volume,
  type Place,
} from './sound';
import './phone.css';

const CAN_BE_TAKEN = ['other-page', 'no-microphone', 'refused'];

/** Whether this page is the telephone, and through what. */
export function BrowserPhone() {
  const open = useSignal(false);
  const state = phoneState.value;
  if (state === 'off') return null;
  return (
    <section class="card browser-phone" data-browser-phone={state}>
      <div class="line">
        <span role="status">{say(`browserPhone-${state}`)}</span>
        {CAN_BE_TAKEN.includes(state) && (
          <button data-do="take-phone" onClick={takePhone}>
            {say(state === 'other-page' ? 'browserPhoneTake' : 'browserPhoneAgain')}
          </button>
        )}
        <button
          data-do="sound"
          aria-expanded={open.value}
          onClick={() => (open.value = !open.value)}
        >
          {say('sound')}
        </button>
      </div>
      {open.value && <Sound />}
    </section>
  );
}

function Sound() {
  useEffect(() => void listDevices(), []);
  return (
    <div class="sound">
      <Choice place="microphone" kind="audioinput" />
      <Meter />
      <label class="tick">
        <input
          type="checkbox"
          data-sound="cleaned"
          checked={cleaned}
          onChange={(event) => {
            keepCleaned(event.currentTarget.checked);
            void devicesChanged();
          }}
        />
        {say('soundCleaned')}
      </label>
      {canChooseOutputs && (
        <>
          <div class="tried">
            <Choice place="speaker" kind="audiooutput" />
            <button data-do="try-speaker" onClick={() => tryOutput('speaker')}>
              {say('soundTry')}
            </button>
          </div>
          <Choice place="ring" kind="audiooutput" />
        </>
      )}
      <div class="tried">
        <label>
          {say('soundRingVolume')}
          <input
            type="range"
            min="0"
            max="1"
            step="0.05"
            value={volume}
            onInput={(event) => keepVolume(Number(event.currentTarget.value))}
          />
        </label>
        <button data-do="try-ring" onClick={() => tryOutput('ring')}>
          {say('soundTry')}
        </button>
      </div>
    </div>
  );
}

function Choice({ place, kind }: { place: Place; kind: MediaDeviceKind }) {
  const all = devices.value.filter((one) => one.kind === kind && one.deviceId !== 'default');
  const value = all.some((one) => one.deviceId === chosen[place].value) ? chosen[place].value : '';
  return (
    <label>
      {say(`sound-${place}` satisfies Word)}
      <select
        data-sound={place}
        value={value}
        onChange={(event) => {
          keep(place, event.currentTarget.value);
          void devicesChanged();
        }}
      >
        <option value="">{say('soundUsual')}</option>
        {all.map((one) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label || one.deviceId.slice(0, 8)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the microphone hears: while a talk goes on what is sent, else a trial. */
function Meter() {
  const level = useSignal(0);
  const fault = useSignal(false);
  const talk = sending.value;
  const which = chosen.microphone.value;
  useEffect(() => {
    let over = false;
    let stop = () => {};
    const show = (stream: MediaStream) => {
      fault.value = false;
      stop = meter(stream, (heard) => (level.value = heard));
    };
    if (talk) show(talk);
    else
      microphone().then(
        (trial) => {
          const end = () => trial.getTracks().forEach((track) => track.stop());
          if (over) end();
          else {
            show(trial);
            const silent = stop;
            stop = () => {
              silent();
              end();
            };
          }
        },
        () => (fault.value = true),
      );
    return () => {
      over = true;
      stop();
    };
  }, [talk, which]);
  if (fault.value) {
    // Where the phone itself has none, that is said above.
    return phoneState.value === 'no-microphone' ? null : (
      <p class="fault">{say('browserPhone-no-microphone')}</p>
    );
  }
  return (
    <meter data-level aria-label={say('soundLevel')} min={0} max={1} low={0.2} value={level} />
  );
}

/** Only what this page sends is muted; whose telephone stands on the desk has a key for it there. */
export function Mute() {
  // It has its place before there is anything to mute.
  if (phoneState.value === 'off') return null;
  const can = talking.value;
  return (
    <button
      class={can ? (muted.value ? 'muted' : '') : 'cannot'}
      data-do="mute"
      aria-disabled={!can}
      aria-pressed={muted.value}
      onClick={() => {
        if (can) mute(!muted.value);
      }}
    >
      {say(muted.value ? 'unmute' : 'mute')}
    </button>
  );
}
