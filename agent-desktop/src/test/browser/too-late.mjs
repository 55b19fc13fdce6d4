// The line is broken while a wrap-up ends by itself: what was typed meanwhile cannot be saved any more,
// and the page says so and shows it, also after a reload.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.note');
await page.locator('.note textarea').pressSequentially('saved');
await page.waitForSelector('.note[data-kept=true]');
say('cut');
await page.waitForSelector('.link-lost');
await page.locator('.note textarea').pressSequentially(', not saved');
say('typed');
await page.waitForSelector('.too-late');
say('shown', await page.inputValue('.too-late textarea'));
await page.reload();
await page.waitForSelector('.too-late');
await page.click('[data-do=dismiss]');
await page.waitForSelector('.too-late', { state: 'detached' });
await page.reload();
await page.waitForSelector('.state');
say('left', await page.locator('.too-late').count());
await browser.close();
