// An agent with work and a call in hand at once: the call shows itself, the work is a click away, the
// call's controls stay, and each keeps what is typed of it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const state = (name) => page.waitForSelector(`.state[data-state=${name}]`);
const listed = () =>
  page.$$eval('.in-hand button', (all) =>
    all.map((one) => one.dataset.state + (one.ariaCurrent === 'true' ? '*' : '')).join(' '),
  );
await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.task[data-state=offered]');
say('offered');
await page.click('[data-do=accept-task]');
await page.waitForSelector('.task[data-state=working]');
await page.locator('.task textarea').pressSequentially('the parcel');
await page.waitForSelector('.task[data-kept=true]');
await page.evaluate(() => sessionStorage.clear());
await page.reload();
await page.waitForSelector('.task');
say('kept', await page.inputValue('.task textarea'));

await page.waitForSelector('.in-hand [data-state=ringing]');
await page.waitForSelector('.pop');
say('rings', await listed());
await page.click('.in-hand [data-state=working]');
await page.waitForSelector('.task');
await page.click('[data-do=answer]');
await page.waitForSelector('.in-hand [data-state=talking]');
await state('talking');
await page.locator('.task textarea').pressSequentially(', sent');
say('work', await listed());
await page.click('.in-hand [data-state=talking]');
await page.waitForSelector('.note');
say('call', `${await listed()} ${await page.inputValue('.note textarea')}`);
await page.click('[data-do=hang-up]');
await page.waitForSelector('.in-hand', { state: 'detached' });
say('left', await page.inputValue('.task textarea'));
await page.click('[data-do=close-task]');
await page.waitForSelector('.task', { state: 'detached' });
say('closed');
await browser.close();
