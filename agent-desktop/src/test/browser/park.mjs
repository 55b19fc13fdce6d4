// An agent parks the caller with a word of why; the colleague, who is on a break, sees them in the
// list and picks them up by one click; parked once more, they are the first one's again.
import { say, twoDesks } from './browser.mjs';

const [ann, ben] = await twoDesks();
await ann.page.waitForSelector('.state[data-state=talking]');
await ann.page.fill('textarea', 'asks the warehouse');
await ann.page.waitForSelector('.note[data-kept=true]');
await ann.page.waitForSelector('[data-do=park][aria-disabled=false]');
await ann.page.click('[data-do=park]');
await ann.page.keyboard.type('wants Agent 2');
await ann.page.keyboard.press('Enter');
await ann.page.waitForSelector('.state[data-state=wrap-up]');
await ann.page.waitForSelector('[data-parked]');
say('form', await ann.page.locator('form.park').count());
await ben.page.waitForSelector('[data-parked]');
say('state', await ben.page.getAttribute('.state', 'data-state'));
say('listed', (await ben.page.innerText('[data-parked]')).replace(/\s+/g, ' '));
if (process.env.PICTURES) {
  await ben.page.screenshot({ path: `${process.env.PICTURES}/parked.png` });
}
await ben.page.click('[data-do=pick-up]');
await ben.page.waitForSelector('.state[data-state=talking]');
say('told', (await ben.page.innerText('[data-parked-by]')).replace(/\s+/g, ' '));
say('left', await ann.page.locator('[data-parked]').count());
if (process.env.PICTURES) {
  await ben.page.waitForSelector('[data-do=park][aria-disabled=false]');
  await ben.page.click('[data-do=park]');
  await ben.page.screenshot({ path: `${process.env.PICTURES}/picked-up.png` });
  await ben.page.keyboard.press('Escape');
}
await ben.page.waitForSelector('[data-do=park][aria-disabled=false]');
await ben.page.click('[data-do=park]');
await ben.page.click('[data-do=park-now]');
await ann.page.click('[data-parked] [data-do=pick-up]');
await ben.page.waitForSelector('[data-parked]', { state: 'detached' });
await ann.page.waitForSelector('.state[data-state=talking]');
say('back');
await ann.browser.close();
await ben.browser.close();
