// An agent asks a colleague and puts all three together, goes on without the colleague, asks once
// more, and leaves the caller with them.
import { say, twoDesks } from './browser.mjs';

const [ann, ben] = await twoDesks();
await ann.page.waitForSelector('.state[data-state=talking]');
await ben.page.click('[data-do=ready]');
await ben.page.waitForSelector('.state[data-state=ready]');
const press = async (what) => {
  await ann.page.waitForSelector(`.asks [data-do=${what}][aria-disabled=false]`);
  await ann.page.click(`.asks [data-do=${what}]`);
};
const together = async () => {
  await ann.page.waitForSelector('[data-do=transfer][aria-disabled=false]');
  await ann.page.click('[data-do=transfer]');
  await ann.page.click(`[data-colleague=${process.env.COLLEAGUE}] [data-do=ask]:not([disabled])`);
  await ann.page.waitForSelector('.asks[data-progress=talking]');
  await press('conference');
  await ann.page.waitForSelector('.asks[data-with=both]');
  await ben.page.waitForSelector('.handed-over b:text("In a conference")');
};
await together();
say('with', (await ann.page.textContent('.asks p')).trim());
say('hold', await ben.page.getAttribute('[data-do=hold]', 'aria-disabled'));
await press('cancel-consultation');
await ann.page.waitForSelector('.asks', { state: 'detached' });
await ann.page.waitForSelector('.state[data-state=talking]');
await ben.page.waitForSelector('.state[data-state=ready]');
await together();
await press('complete-consultation');
await ann.page.waitForSelector('.state[data-state=wrap-up]');
await ben.page.waitForSelector('.handed-over b:text("Handed over by")');
await ben.page.waitForSelector('[data-do=hold][aria-disabled=false]');
say('controls', await ben.page.locator('.controls').count());
await ann.browser.close();
await ben.browser.close();
