import type { Draft, FromDesk } from '../generated/wire';
import { ask, notice, whenAnsweredLate, type Reply } from '../socket/live';
import { refusal } from '../shared/words';
import { inHand } from './contacts';
import { draftOf, flush, saved } from './drafts';

/** Does it, after what is typed is on its way, and shows a refusal where the agent looks. */
export async function act(command: FromDesk): Promise<Reply> {
  void flush();
  return shows(await ask(command));
}

function shows(reply: Reply): Reply {
  notice.value = reply.ok ? '' : refusal(reply);
  return reply;
}

/** Ends a wrap-up, or work, with what is typed. */
export async function finish(contact: string): Promise<Reply> {
  const typed = draftOf(contact);
  const reply = shows(await ask({ type: 'completeWrapUp', contact, ...typed }));
  ended(contact, typed, reply);
  return reply;
}

function ended(contact: string, typed: Draft, reply: Reply): void {
  if (reply.ok) saved(contact, typed);
  else void flush();
}

whenAnsweredLate((command, reply) => {
  shows(reply);
  if (command.type !== 'completeWrapUp') return;
  const { contact, disposition, note } = command;
  ended(contact, { disposition, note }, reply);
});

/** Out of every wrap-up with what is typed, and on to the next. */
export async function goReady(): Promise<void> {
  for (const one of inHand.peek().filter((contact) => contact.wrapUp)) {
    const reply = await finish(one.contact);
    if (!reply.ok) return;
  }
  await act({ type: 'goReady' });
}
