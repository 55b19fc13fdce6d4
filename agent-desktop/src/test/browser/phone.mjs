// A browser that is a telephone. It does what its standard input says, a line at a time, and says
// when it has: its microphone says a tone for ever, and what it hears is looked at as tones.
import { createInterface } from 'node:readline';
import { address, logIn, open, say } from './browser.mjs';

const { browser, page } = await open(undefined, [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${process.env.MICROPHONE}`,
  '--autoplay-policy=no-user-gesture-required',
]);
// A tone is what noise suppression takes for noise.
await page.addInitScript(() => localStorage.setItem('switchroom-sound-cleaned', 'no'));
if (process.env.ONLY)
  await page.addInitScript((only) => {
    const Real = window.RTCPeerConnection;
    window.RTCPeerConnection = function (plan, ...more) {
      return new Real({ ...plan, iceTransportPolicy: only }, ...more);
    };
    window.RTCPeerConnection.prototype = Real.prototype;
  }, process.env.ONLY);
if (process.env.SPIED)
  await page.addInitScript(() => {
    const Real = window.RTCPeerConnection;
    window.pcs = [];
    window.RTCPeerConnection = function (...args) {
      const pc = new Real(...args);
      window.pcs.push(pc);
      return pc;
    };
    window.RTCPeerConnection.prototype = Real.prototype;
  });
if (process.env.SPIED) page.on('websocket', spy);

function spy(socket) {
  if (!socket.url().includes('/api/phone/line')) return;
  socket.on('framesent', ({ payload }) => say('sip-out', JSON.stringify(payload)));
  socket.on('framereceived', ({ payload }) => say('sip-in', JSON.stringify(payload)));
}

/** How much of a tone is heard, from 0 to about 1. */
const share = (hertz, of = 'earpiece') =>
  page.evaluate(
    async ([hertz, of]) => {
      const stream = document.querySelector(`audio[data-phone=${of}]`)?.srcObject;
      if (!stream) return 0;
      window.ears ??= new AudioContext({ sampleRate: 8000 });
      const analyser = new AnalyserNode(window.ears, { fftSize: 4096 });
      const source = new MediaStreamAudioSourceNode(window.ears, { mediaStream: stream });
      source.connect(analyser);
      await new Promise((heard) => setTimeout(heard, 700));
      const samples = new Float32Array(4096);
      analyser.getFloatTimeDomainData(samples);
      source.disconnect();
      let [last, before] = [0, 0];
      const factor = 2 * Math.cos((2 * Math.PI * hertz) / 8000);
      for (const sample of samples) [last, before] = [sample + factor * last - before, last];
      const power = last * last + before * before - factor * last * before;
      return (2 * Math.sqrt(Math.max(0, power))) / 4096 / (9000 / 32768);
    },
    [Number(hertz), of],
  );

async function until(right, what) {
  const end = Date.now() + 10_000;
  while (Date.now() < end) if (await right()) return;
  throw new Error(`It does not come to this: ${what}`);
}

const COMMANDS = {
  'log-in': () => logIn(page, process.env.AGENT, process.env.PASSWORD),
  do: (what) => page.click(`[data-do=${what}]:not([aria-disabled=true])`),
  state: (state) => page.waitForSelector(`.state[data-state=${state}]`),
  phone: (state) => page.waitForSelector(`[data-browser-phone=${state}]`),
  hears: (hertz) => until(async () => (await share(hertz)) > 0.3, `hears ${hertz}`),
  'hears-not': (hertz) => until(async () => (await share(hertz)) < 0.05, `hears no ${hertz}`),
  rings: () => until(async () => (await share(480, 'ringer')) > 0.1, 'rings'),
  'rings-not': () => until(async () => (await share(480, 'ringer')) < 0.01, 'rings no more'),
  reload: () => page.reload(),
  level: () =>
    until(() => page.$eval('[data-level]', (meter) => meter.value > 0.3), 'the meter shows a voice'),
  sees: (selector) => page.waitForSelector(selector),
  choose: (place) =>
    page.selectOption(`[data-sound=${place}]`, { index: 1 }).then(([id]) => say('chosen', id)),
};

let done = 0;
say('open', address);
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...rest] = line.split(' ');
  try {
    await COMMANDS[command](...rest);
  } catch (fault) {
    say('failed', `${line}: ${fault.message}`);
    say('ways', JSON.stringify(await page.evaluate(() => (window.pcs ?? []).map((pc) => [pc.iceConnectionState, pc.connectionState, pc.sctp?.state]))));
    say('page', (await page.textContent('body')).slice(0, 2000));
    break;
  }
  say('done', `${++done} ${line}`);
}
await browser.close();
