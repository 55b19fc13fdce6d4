// A desk whose server goes away and comes back: it says so, and takes up its work without a reload.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
say('open');
await page.waitForSelector('.link-lost', { timeout: 30000 });
say('lost');
await page.waitForSelector('.link-lost', { state: 'detached', timeout: 30000 });
await page.waitForSelector('.state');
say('back');
await browser.close();
