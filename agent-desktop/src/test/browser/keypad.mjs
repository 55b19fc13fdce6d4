// An agent keys something for the caller's side: typed and clicked; what they type into a note
// afterwards is none, and who is on hold is keyed nothing.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');
await page.waitForSelector('.state[data-state=talking]');
await page.waitForSelector('[data-do=keypad][aria-disabled=false]');
await page.click('[data-do=keypad]');
await page.waitForSelector('.keypad:focus');
await page.keyboard.type('47a11');
await page.click('[data-key="#"]');
await page.click('[data-key="0"]');
await page.waitForFunction(() => document.querySelector('.keypad output').textContent.length === 6);
say('shown', await page.textContent('.keypad output'));
await page.fill('textarea', '');
await page.focus('textarea');
// The clock of the controls has gone on.
await page.waitForTimeout(1_500);
await page.keyboard.type('call 99');
say('note', await page.inputValue('textarea'));
say('count', (await page.textContent('.keypad output')).length);
await page.click('[data-do=hold]');
await page.waitForSelector('.state[data-state=hold]');
say('held', await page.isDisabled('[data-key="5"]'));
await page.focus('.keypad');
await page.keyboard.press('5');
await page.keyboard.press('Escape');
say('open', await page.locator('.keypad').count());
await browser.close();
