// An agent without a phone is asked where they sit, is rung there, and a colleague cannot sit there;
// after the log-out the page knows which phone stands here.
import { say, twoDesks } from './browser.mjs';

const [ann, ben] = await twoDesks();
say('none', (await ann.page.textContent('.seat [role=alert]')).trim());
say('reached', await ben.page.getAttribute('.seat', 'data-sits-at'));
await ann.page.fill('[name=seat]', '3001');
await ann.page.click('[data-seat="PJSIP/3001"]');
await ann.page.waitForSelector('.seat[data-sits-at="PJSIP/3001"]');
say('open', await ann.page.locator('.seats').count());
await ben.page.click('[data-do=seat]');
await ben.page.waitForSelector('[data-seat="PJSIP/3001"]');
say('by', (await ben.page.textContent('[data-seat="PJSIP/3001"] small')).trim());
await ben.page.click('[data-seat="PJSIP/3001"]');
await ben.page.waitForSelector('.notice:not(:empty)');
say('taken', (await ben.page.textContent('.notice')).trim());
say('call');
await ann.page.waitForSelector('.state[data-state=talking]');
say('talks', await ann.page.getAttribute('.seat', 'data-sits-at'));
await ann.page.waitForSelector('.state[data-state=ready]');
await ann.page.click('[data-do=seat]');
await ann.page.waitForSelector('[data-seat]');
say('first', await ann.page.locator('[data-seat]').first().getAttribute('data-seat'));
await ann.browser.close();
await ben.browser.close();
