// A supervisor blocks numbers and takes one back: what is refused is said and stays in the form, and a
// call that an agent has ended is one click from it.
import { address, logIn, open, say } from './browser.mjs';

const { browser, page } = await open();
const rows = () => page.locator('main > table').first().locator('tbody tr');
const block = async (number, reason) => {
  await page.fill('input[name=number]', number);
  await page.fill('input[name=reason]', reason);
  await page.click('form button.primary');
};
await logIn(page, process.env.SUPERVISOR, process.env.PASSWORD);
await page.waitForSelector('nav');
await page.click('a[href="/blocked"]');
await page.waitForSelector('.nothing');
await block('anonymous', 'hides');
await page.waitForSelector('.fault:not(:empty)');
say('refused', await page.textContent('.fault'));
say('kept', await page.inputValue('input[name=number]'));
await page.fill('input[type=date]', '2099-12-31');
await block('02 2300-0009', 'shouts');
await rows().first().waitFor();
say('blocked', (await rows().first().locator('td').allTextContents()).join('|'));
say('emptied', `${await page.inputValue('input[name=number]')}${await page.textContent('.fault')}`);
await rows().first().locator('button').click();
await page.waitForSelector('.nothing');
say('taken-back', await rows().count());
await page.click('h2 + table button');
say('offered', await page.inputValue('input[name=number]'));
await page.click('form button.primary');
await rows().first().waitFor();
await page.goto(address + 'blocked');
await rows().first().waitFor();
say('stays', await rows().first().locator('td').first().textContent());
await browser.close();
