// What a supervisor is told on the wallboard.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.SUPERVISOR, process.env.PASSWORD);
await page.waitForSelector('.queue-card');
for (const line of await page.locator('[data-gap]').allInnerTexts()) say('gap', line);
say('shown');
await browser.close();
