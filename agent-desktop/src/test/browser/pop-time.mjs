// Measures, in the page, when a pop is in a frame: the time of the first animation frame after the
// record is in the document, minus the time at which the router decided. One line a pop.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.exposeFunction('report', (millis) => say('pop', millis));
await page.addInitScript(() => {
  const Socket = window.WebSocket;
  let decided = 0;
  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', (event) => {
        const message = JSON.parse(event.data);
        if (message.type === 'pop' && message.pop) decided = message.pop.decided;
      });
    }
  };
  let shown = null;
  new MutationObserver(() => {
    const call = document.querySelector('.pop')?.getAttribute('data-call') ?? null;
    if (call === shown) return;
    shown = call;
    if (!call) return;
    const since = decided;
    requestAnimationFrame(() =>
      setTimeout(() => window.report(performance.timeOrigin + performance.now() - since)),
    );
  }).observe(document, { subtree: true, childList: true, attributes: true });
});
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
say('ready');
process.stdin.resume();
process.stdin.on('end', () => void browser.close());
