import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TalkWaveform } from '../generated/wire';
import { say } from '../shared/words';
import './player.css';

const SPEEDS = [1, 1.25, 1.5, 2];
const HALF = 50;

/** The recording of a talk: its sound from the server when somebody plays it, and how it looks. */
export function Player({ recording }: { recording: string }) {
  const open = useSignal(false);
  if (!open.value) {
    return (
      <button class="play" data-do="talk" onClick={() => (open.value = true)}>
        {say('talkHear')}
      </button>
    );
  }
  return <Open recording={recording} />;
}

function Open({ recording }: { recording: string }) {
  const waveform = useSignal<TalkWaveform | 'gone' | null>(null);
  const speed = useSignal(1);
  const at = useSignal(0);
  const sound = useRef<HTMLAudioElement>(null);
  const source = `/api/talks/${encodeURIComponent(recording)}`;
  useEffect(() => {
    void load(source).then((loaded) => (waveform.value = loaded));
  }, [source]);
  if (!waveform.value) return null;
  if (waveform.value === 'gone') return <p role="status">{say('talkGone')}</p>;
  const { millis } = waveform.value;
  const seek = (part: number) => {
    if (sound.current) sound.current.currentTime = (part * millis) / 1000;
  };
  return (
    <div class="talk" data-talk={recording}>
      <figure>
        <Waveform shown={waveform.value} part={millis ? at.value / millis : 0} seek={seek} />
        <figcaption>
          <span>{say('talkCustomerSide')}</span>
          <span>{say('talkOurSide')}</span>
        </figcaption>
      </figure>
      <audio
        controls
        preload="none"
        src={source}
        ref={sound}
        onPlay={(event) => (event.currentTarget.playbackRate = speed.value)}
        onTimeUpdate={(event) => (at.value = event.currentTarget.currentTime * 1000)}
      />
      <div class="speeds" role="group" aria-label={say('talkSpeed')}>
        {SPEEDS.map((times) => (
          <button
            key={times}
            type="button"
            aria-pressed={speed.value === times}
            onClick={() => {
              speed.value = times;
              if (sound.current) sound.current.playbackRate = times;
            }}
          >
            {times}×
          </button>
        ))}
      </div>
    </div>
  );
}

async function load(source: string): Promise<TalkWaveform | 'gone'> {
  try {
    const answer = await fetch(`${source}/waveform`);
    return answer.ok ? ((await answer.json()) as TalkWaveform) : 'gone';
  } catch {
    return 'gone';
  }
}

/** The caller above the line, what they heard below, and where it was paused; a click goes there. */
function Waveform({
  shown,
  part,
  seek,
}: {
  shown: TalkWaveform;
  part: number;
  seek: (part: number) => void;
}) {
  const wide = Math.max(shown.caller.length, 1);
  return (
    <svg
      class="waveform"
      viewBox={`0 0 ${wide} ${2 * HALF}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say('talkWaveform')}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        seek((event.clientX - box.left) / box.width);
      }}
    >
      {shown.silences.map(({ from, to }) => (
        <rect
          key={from}
          class="silence"
          x={(from / shown.millis) * wide}
          width={((to - from) / shown.millis) * wide}
          height={2 * HALF}
        >
          <title>{say('recordingPaused')}</title>
        </rect>
      ))}
      <path class="caller" d={bars(shown.caller, -1)} />
      <path class="heard" d={bars(shown.heard, 1)} />
      <line x1={part * wide} x2={part * wide} y1="0" y2={2 * HALF} />
    </svg>
  );
}

const bars = (peaks: number[], way: number) =>
  peaks.map((peak, x) => `M${x + 0.5} ${HALF}v${way * Math.max(0.5, peak / 2)}`).join('');
