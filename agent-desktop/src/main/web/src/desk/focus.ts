import { effect } from '@preact/signals';
import { inHand, type Contact } from '../contact/contacts';
import { me } from '../socket/live';

// Where the keyboard is after something has changed: at what is to be done next, and never nowhere.
// Whoever types is left alone; and whoever types on while their field has gone presses no button.

const FIELDS = 'input, textarea, select';

/** Keys of one run come within so many milliseconds. */
const RUN = 1000;

/** By which what is offered is answered, wherever the focus is. */
const ANSWERS = '[data-do=answer][aria-disabled=false], [data-do=accept-task][aria-disabled=false]';

/** Where the caller's subject is said, or else what is noted. */
const WRAPS_UP = '.note [role=radio][tabindex="0"], .note textarea';

const find = (what: string) => document.querySelector<HTMLElement>(`.desk ${what}`);

type Situation = Map<string, string>;

/** What has come about, by which the focus goes somewhere. */
type Change = 'other' | 'wraps-up' | 'rings' | 'work';

function change(before: Situation, now: Contact[]): Change {
  let most: Change = 'other';
  for (const { contact, view } of now) {
    const was = before.get(contact);
    if (was === view.state) continue;
    if (view.state === 'ringing' && was !== 'offered') return 'rings';
    if (view.state === 'offered') return view.call ? 'rings' : 'work';
    if (view.state === 'wrap-up') most = 'wraps-up';
  }
  return most;
}

/** Until it is stopped. */
export function followFocus(): () => void {
  let before: Situation = new Map();
  let last = '';
  let typed = -RUN;

  const isTyping = () => document.activeElement?.matches(FIELDS) ?? false;

  const settle = (what: Change) => {
    const at = document.activeElement;
    const nowhere = !at || at === document.body || (at as HTMLButtonElement).disabled;
    if (isTyping()) return;
    if (what === 'rings') find('[data-do=answer]')?.focus();
    // Where it is not shown, there is a call.
    else if (what === 'work') find('[data-do=accept-task]')?.focus();
    else if (what === 'wraps-up' && (nowhere || at.closest('.controls'))) find(WRAPS_UP)?.focus();
    else if (nowhere) find('.state-name')?.focus();
  };

  const stop = effect(() => {
    const now: Situation = new Map(inHand.value.map(({ contact, view }) => [contact, view.state]));
    const all = [me.value?.state, ...[...now].flat()].join(' ');
    if (all === last) return;
    const what = change(before, inHand.value);
    const first = last === '';
    before = now;
    last = all;
    // When it is shown. Whoever has just opened the page is where they want to be.
    if (!first || what === 'rings' || what === 'work') setTimeout(() => settle(what));
  });

  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey && event.key === 'Enter' && !event.altKey && !event.metaKey) {
      find(ANSWERS)?.click();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Tab') typed = -RUN;
    else if ((event.target as Element).matches(FIELDS)) typed = event.timeStamp;
    else if (event.timeStamp - typed < RUN) {
      typed = event.timeStamp;
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const pointed = () => (typed = -RUN);
  addEventListener('keydown', pressed, true);
  addEventListener('pointerdown', pointed, true);
  return () => {
    stop();
    removeEventListener('keydown', pressed, true);
    removeEventListener('pointerdown', pointed, true);
  };
}
