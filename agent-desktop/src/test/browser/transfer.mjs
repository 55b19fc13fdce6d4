// An agent gives the caller to a colleague by the desk, with a word of why, which the colleague
// reads; and then finds the queue by its name, and a number that is not dialed here.
import { say, twoDesks } from './browser.mjs';

const [ann, ben] = await twoDesks();
await ann.page.waitForSelector('.state[data-state=talking]');
await ann.page.waitForSelector('[data-do=transfer][aria-disabled=false]');
await ann.page.click('[data-do=transfer]');
const colleague = `[data-colleague=${process.env.COLLEAGUE}]`;
await ann.page.waitForSelector(colleague);
say('not-ready', await ann.page.isDisabled(`${colleague} [data-do=give]`));
await ben.page.click('[data-do=ready]');
await ben.page.waitForSelector('.state[data-state=ready]');
await ann.page.fill('[name=transfer-to]', 'orders');
await ann.page.waitForSelector('[data-queue=orders] .taker.state-ready');
say('place', await ann.page.getAttribute('[data-queue=orders] [data-place]', 'data-place'));
say('takers', (await ann.page.textContent('[data-queue=orders] .takers')).trim());
await ann.page.fill('[name=transfer-to]', 'AGENT 2');
await ann.page.waitForSelector(`${colleague} [data-do=give]:not([disabled])`);
say('found', await ann.page.locator('.whom li').count());
await ann.page.fill('[name=transfer-why]', 'wants a refund');
await ann.page.click(`${colleague} [data-do=give]`);
await ann.page.waitForSelector('.state[data-state=wrap-up]');
await ben.page.waitForSelector('.state[data-state=talking]');
say('told', (await ben.page.textContent('.handed-over')).trim());
await ben.page.waitForSelector('[data-do=transfer][aria-disabled=false]');
await ben.page.click('[data-do=transfer]');
await ben.page.fill('[name=transfer-to]', '+44 20 7946 0000');
await ben.page.click('[data-number] [data-do=give]');
await ben.page.waitForSelector('.notice:not(:empty)');
say('refused', await ben.page.textContent('.notice'));
await ben.page.keyboard.press('Escape');
say('open', await ben.page.locator('form.transfer').count());
await ann.browser.close();
await ben.browser.close();
