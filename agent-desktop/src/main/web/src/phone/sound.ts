import { signal } from '@preact/signals';

// Which microphone and which outputs, as this browser has them: kept here, by their ids, which are
// this site's alone.

export type Place = 'microphone' | 'speaker' | 'ring';

const KEY = 'switchroom-sound-';
const kept = (place: Place) => localStorage.getItem(KEY + place) ?? '';

/** '' is the system's own choice. */
export const chosen = {
  microphone: signal(kept('microphone')),
  speaker: signal(kept('speaker')),
  ring: signal(kept('ring')),
};

export const volume = signal(Number(localStorage.getItem(KEY + 'volume') ?? '0.6'));

export const devices = signal<MediaDeviceInfo[]>([]);

/** Whether sound can go elsewhere than to the system's own output. */
export const canChooseOutputs = 'setSinkId' in HTMLMediaElement.prototype;

export async function listDevices(): Promise<void> {
  devices.value = await navigator.mediaDevices.enumerateDevices();
}

export function keep(place: Place, id: string): void {
  localStorage.setItem(KEY + place, id);
  chosen[place].value = id;
}

export function keepVolume(loud: number): void {
  localStorage.setItem(KEY + 'volume', String(loud));
  volume.value = loud;
  ringer.volume = loud;
}

/** Echoes and noise are taken out; a headset that does that by itself is better off without. */
export const cleaned = signal(localStorage.getItem(KEY + 'cleaned') !== 'no');

export function keepCleaned(clean: boolean): void {
  localStorage.setItem(KEY + 'cleaned', clean ? 'yes' : 'no');
  cleaned.value = clean;
}

/** The chosen one; where it is not there (any more), the system's. */
export function microphone(): Promise<MediaStream> {
  const id = chosen.microphone.value;
  return navigator.mediaDevices.getUserMedia({
    audio: {
      ...(id ? { deviceId: { ideal: id } } : {}),
      echoCancellation: cleaned.value,
      noiseSuppression: cleaned.value,
      autoGainControl: cleaned.value,
    },
  });
}

function element(name: string): HTMLAudioElement {
  const audio = document.createElement('audio');
  audio.autoplay = true;
  audio.dataset['phone'] = name;
  document.body.append(audio);
  return audio;
}

/** What the other side says. */
export const earpiece = element('earpiece');
const ringer = element('ringer');

/** One that is gone is the system's. */
async function through(audio: HTMLAudioElement, id: string): Promise<void> {
  if (!canChooseOutputs) return;
  const there = devices.value.some((one) => one.kind === 'audiooutput' && one.deviceId === id);
  try {
    await audio.setSinkId(there ? id : '');
  } catch {
    await audio.setSinkId('').catch(() => {});
  }
}

export async function hear(stream: MediaStream): Promise<void> {
  earpiece.srcObject = stream;
  await outputs();
  await earpiece.play().catch(() => {});
}

export function hearNothing(): void {
  earpiece.srcObject = null;
}

/** To where they were chosen, by what is there now. */
export async function outputs(): Promise<void> {
  await Promise.all([through(earpiece, chosen.speaker.value), through(ringer, chosen.ring.value)]);
}

let stops: (() => void) | null = null;

/** Two tones, a second on and two off, until it is stopped. */
export function ring(): void {
  if (stops) return;
  stops = tones([425, 480], 0.4, 3);
  ringer.volume = volume.value;
  void outputs().then(() => ringer.play().catch(() => {}));
}

/** Once, for what no telephone rings for. */
export function chime(): void {
  if (stops || ringer.srcObject) return;
  const stop = tones([660, 880], 0.3, 3);
  ringer.volume = volume.value;
  void outputs().then(() => ringer.play().catch(() => {}));
  setTimeout(stop, 1200);
}

export function stopRinging(): void {
  stops?.();
  stops = null;
}

/** So that somebody hears where the ring, or the talk, will be. */
export function tryOutput(place: 'speaker' | 'ring'): void {
  const audio = place === 'ring' ? ringer : earpiece;
  if (stops || audio.srcObject) return;
  const stop = tones(place === 'ring' ? [425, 480] : [440], 0.3, 3, audio);
  if (place === 'ring') audio.volume = volume.value;
  void outputs().then(() => audio.play().catch(() => {}));
  setTimeout(() => {
    if (!stops || audio !== ringer) stop();
  }, 1200);
}

/** Made here: no file is loaded. */
function tones(hertz: number[], loud: number, every: number, audio = ringer): () => void {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: 0 });
  const to = new MediaStreamAudioDestinationNode(context);
  gain.connect(to);
  for (const frequency of hertz) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start();
  }
  const once = () => {
    gain.gain.setTargetAtTime(loud, context.currentTime, 0.02);
    gain.gain.setTargetAtTime(0, context.currentTime + 1, 0.02);
  };
  once();
  const again = setInterval(once, every * 1000);
  audio.srcObject = to.stream;
  return () => {
    clearInterval(again);
    if (audio.srcObject === to.stream) audio.srcObject = null;
    void context.close();
  };
}

/** Tells how loud a stream is, from 0 to 1, with each picture of the screen, until it is stopped. */
export function meter(stream: MediaStream, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let next = 0;
  const look = () => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    // From -60 dB, which is a quiet room, to 0 dB.
    tell(Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60)));
    next = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(next);
    void context.close();
  };
}
