// An agent types from the first ring on: the text is there after a reload, while the line is broken,
// after it is back, and after the server was killed and started anew. Going ready saves it.
import { logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const sessions = new Set();
page.on('websocket', (socket) => sessions.add(new URL(socket.url()).searchParams.get('session')));
const note = '.note textarea';
const text = () => page.inputValue(note);
const kept = () => page.waitForSelector('.note[data-kept=true]');
const hasFocus = () => page.$eval(note, (field) => document.activeElement === field);
const append = (more) => page.locator(note).pressSequentially(more);

await logIn(page, process.env.AGENT, process.env.PASSWORD);
await page.waitForSelector('.state');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
say('ready');

await page.waitForSelector('.state[data-state=ringing]');
await append('rings');
// At once: it may have reached the server, or not.
await page.reload();
await page.waitForSelector('.note');
say('reloaded', await text());
await page.click('[data-do=answer]');
await page.waitForSelector('.state[data-state=talking]');
// So long that what is typed comes back from the server before the last key.
await page.locator(note).pressSequentially(', talks for a while', { delay: 120 });
await kept();

say('cut');
await page.waitForSelector('.link-lost');
await append(', alone');
say('alone', await text());
await page.waitForSelector('.link-lost', { state: 'detached' });
await kept();
say('back', `${await text()} ${await hasFocus()}`);

say('kill');
await page.waitForSelector('.link-lost');
await append(', restarted');
await page.waitForSelector('.link-lost', {
  state: 'detached',
  timeout: 60_000,
});
await kept();
say('restarted', `${await text()} ${await hasFocus()}`);

// What the browser has kept is gone: the server has it.
await page.evaluate(() => sessionStorage.clear());
await page.reload();
await page.waitForSelector('.note');
say('again', await text());

await page.click('[data-do=hang-up]');
await page.waitForSelector('.wrap-up');
await append(', over');
await page.click('[data-do=ready]');
say('refused', await page.textContent('.notice:not(:empty)'));
await page.click('[data-disposition=other]');
await page.click('[data-do=ready]');
await page.waitForSelector('.state[data-state=ready]');
await page.waitForSelector('.note', { state: 'detached' });
say('saved', sessions.size);
await browser.close();
