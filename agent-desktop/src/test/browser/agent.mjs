// An agent at a real screen: logs in, goes ready, and for each call waits for the pop, watches the
// talk, and wraps up with a disposition and a note. Ends when its standard input ends.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');

let over = false;
process.stdin.resume();
process.stdin.on('end', () => (over = true));

while (!over) {
  const pop = await page.waitForSelector('.pop', { timeout: 1000 }).catch(() => null);
  if (!pop) continue;
  const call = await pop.getAttribute('data-call');
  say('pop', `${call} ${await page.textContent('.pop')}`);
  const form = await page
    .waitForSelector('.wrap-up, .nobody', { timeout: 60000 })
    .catch(() => null);
  if (!form || !(await page.$('.wrap-up'))) continue;
  await page.click('[data-disposition] >> nth=0');
  await page.fill('.wrap-up textarea', 'written in a real browser');
  await page.click('[data-do=finish]');
  await page.waitForSelector('.wrap-up', { state: 'detached' });
  say('finished', call);
}
await browser.close();
