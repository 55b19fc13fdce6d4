// A caller nobody knows: an agent types the name and clicks twice before the server has answered. The
// page sends it once, and the caller is on the screen.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await page.addInitScript(() => {
  const Socket = window.WebSocket;
  window.sent = [];
  window.WebSocket = class extends Socket {
    send(text) {
      if (!text.includes('newCustomer')) {
        super.send(text);
        return;
      }
      window.sent.push(text);
      window.letGo = () => super.send(text);
    }
  };
});
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.new-customer');
await page.fill('.new-customer input', 'Chen Mei');
// Both before the page is drawn anew, as fast as no hand is.
await page.$eval('[data-do=new-customer]', (button) => {
  button.click();
  button.click();
});
await page.waitForSelector('[data-do=new-customer][aria-disabled=true]');
await page.locator('[data-do=new-customer]').dblclick({ force: true });
await page.press('.new-customer input', 'Enter');
say('sent', await page.evaluate(() => window.sent.length));
await page.evaluate(() => window.letGo());
await page.waitForSelector('.customer');
say('known', await page.textContent('.customer h2'));
await browser.close();
