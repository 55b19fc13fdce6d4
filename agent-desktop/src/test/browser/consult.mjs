// An agent asks a colleague while the caller is on hold, goes to the caller and back, and hands the
// caller over; the colleague reads who asks and why, and then has the caller.
import { say, twoDesks } from './browser.mjs';

const [ann, ben] = await twoDesks();
await ann.page.waitForSelector('.state[data-state=talking]');
await ben.page.click('[data-do=ready]');
await ben.page.waitForSelector('.state[data-state=ready]');
await ann.page.fill('.note textarea', 'asked for the second time');
await ann.page.waitForSelector('[data-do=transfer][aria-disabled=false]');
await ann.page.click('[data-do=transfer]');
await ann.page.fill('[name=transfer-why]', 'wants a refund');
await ann.page.click(`[data-colleague=${process.env.COLLEAGUE}] [data-do=ask]:not([disabled])`);
await ann.page.waitForSelector('.asks[data-progress=talking]');
say('asks', (await ann.page.textContent('.asks bdi')).trim());
say('form', await ann.page.locator('form.transfer').count());
await ann.page.waitForSelector('.state[data-state=consulting]');
await ben.page.waitForSelector('.state[data-state=talking]');
say('told', (await ben.page.textContent('.handed-over')).trim());
say('note', (await ben.page.textContent('.handed-over .note-of')).trim());
const press = async (what) => {
  await ann.page.waitForSelector(`.asks [data-do=${what}][aria-disabled=false]`);
  await ann.page.click(`.asks [data-do=${what}]`);
};
await press('alternate');
await ann.page.waitForSelector('.asks[data-with=caller]');
await press('alternate');
await ann.page.waitForSelector('.asks[data-with=colleague]');
await press('complete-consultation');
await ann.page.waitForSelector('.state[data-state=wrap-up]');
say('left', await ann.page.locator('.asks').count());
await ben.page.waitForSelector('.handed-over b:text("Handed over by")');
say('has', (await ben.page.textContent('.handed-over')).trim());
say('note', (await ben.page.textContent('.handed-over .note-of')).trim());
say('controls', await ben.page.locator('.controls').count());
await ann.browser.close();
await ben.browser.close();
