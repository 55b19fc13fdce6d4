// An agent ends a call because of how the caller speaks: not by one click, not without a reason, and
// once, however often the button is hit.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.addInitScript(() => {
  const Socket = window.WebSocket;
  window.sent = [];
  window.WebSocket = class extends Socket {
    send(text) {
      if (text.includes('endAbusiveCall')) window.sent.push(text);
      super.send(text);
    }
  };
});
const sent = () => page.evaluate(() => window.sent.length);
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
say('without-a-call', await page.locator('[data-do=abusive]').count());
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.state[data-state=talking]');
await page.click('[data-do=abusive]');
await page.click('form.abusive button[type=button]');
await page.waitForSelector('form.abusive', { state: 'detached' });
await page.click('[data-do=abusive]');
await page.click('[data-do=end-abusive]');
say('without-a-reason', `${await sent()} ${await page.locator('form.abusive').count()}`);
await page.fill('input[name=abuse]', 'threats');
await page.$eval('[data-do=end-abusive]', (button) => {
  button.click();
  button.click();
});
await page.waitForSelector('.state[data-state=ready]');
say('ended', `${await sent()} ${await page.locator('form.abusive').count()}`);
await browser.close();
