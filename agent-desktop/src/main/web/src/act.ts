import { inHand } from './contacts';
import { draftOf, flush, saved } from './drafts';
import { ask, notice, whenAnsweredLate } from './live';
import type { Reply, Typed } from './protocol';
import { refusal } from './words';

/** Does it, after what is typed is on its way, and shows a refusal where the agent looks. */
export async function act(type: string, fields: Record<string, unknown> = {}): Promise<Reply> {
  void flush();
  return shows(await ask(type, fields));
}

function shows(reply: Reply): Reply {
  notice.value = reply.ok ? '' : refusal(reply);
  return reply;
}

/** Ends a wrap-up, or work, with what is typed. */
export async function finish(contact: string): Promise<Reply> {
  const typed = draftOf(contact);
  const reply = shows(await ask('wrapUp', { contact, ...typed }));
  ended(contact, typed, reply);
  return reply;
}

function ended(contact: string, typed: Typed, reply: Reply): void {
  if (reply.ok) saved(contact, typed);
  else void flush();
}

whenAnsweredLate((command, reply) => {
  shows(reply);
  if (command.type !== 'wrapUp') return;
  const typed = { disposition: command['disposition'], note: command['note'] } as Typed;
  ended(command['contact'] as string, typed, reply);
});

/** Out of every wrap-up with what is typed, and on to the next. */
export async function goReady(): Promise<void> {
  for (const one of inHand.peek().filter((contact) => contact.wrapUp)) {
    const reply = await finish(one.contact);
    if (!reply.ok) return;
  }
  await act('ready');
}
