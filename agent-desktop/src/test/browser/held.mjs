// A caller is forgotten on hold: the desk says so, then they go back, the desk says why, and they ring
// again for the same agent with what is known of the talk.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.state[data-state=talking]');
await page.fill('textarea', 'asks the warehouse');
await page.waitForSelector('.note[data-kept=true]');
await page.waitForSelector('[data-do=hold][aria-disabled=false]');
await page.click('[data-do=hold]');
await page.waitForSelector('.state[data-state=hold]');
await page.waitForSelector('[data-reminded="1"]');
say('reminded', (await page.textContent('[data-reminded] [role=alert]')).trim());
await page.waitForSelector('.state[data-state=wrap-up]');
say('returned', (await page.textContent('[data-returned]')).trim());
await page.click('[data-do=finish]');
await page.waitForSelector('.state[data-state=talking]');
say('again', (await page.textContent('[data-held]')).replace(/\d+:\d+/g, '').trim());
await page.click('[data-do=hang-up]');
await browser.close();
