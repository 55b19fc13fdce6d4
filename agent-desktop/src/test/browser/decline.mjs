// An agent whose phone rings declines the call.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open({ width: 1366, height: 768 });
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.state[data-state=ringing]');
await page.waitForSelector('[data-do=decline][aria-disabled=false]');
say('says', (await page.textContent('[data-do=decline]')).trim());
await page.click('[data-do=decline]');
await page.waitForSelector('.state[data-state=not-ready]');
await page.waitForSelector('.queues tr.busy');
say('state', (await page.textContent('.state > div:not(.timer):not(.buttons)')).trim());
say('waiting', (await page.textContent('.queues tr.busy td:nth-child(2)')).trim());
await browser.close();
