// Measures, in the page, when a frame of a plain broadcast is on the screen: as pop-time.mjs does,
// with nothing in between but the text. One line a frame.
import { address, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.exposeFunction('report', (millis) => say('pop', millis));
await page.evaluate((from) => {
  new WebSocket(from).onmessage = (event) => {
    const since = JSON.parse(event.data).pop.decided;
    document.body.textContent = event.data;
    requestAnimationFrame(() =>
      setTimeout(() => window.report(performance.timeOrigin + performance.now() - since)),
    );
  };
}, address.replace('http:', 'ws:'));
process.stdin.resume();
process.stdin.on('end', () => void browser.close());
