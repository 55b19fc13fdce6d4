import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { vi } from 'vitest';

// A page in a document without a browser, and a server that answers what a test says.

export interface Asked {
  method: string;
  path: string;
  body: string;
}

/** Shows it in place of what was shown before. */
export async function show(what: ComponentChild): Promise<HTMLElement> {
  document.body.replaceChildren();
  const root = document.body.appendChild(document.createElement('div'));
  await doing(() => render(what, root));
  return root;
}

/** Until what it asks for is answered, and what follows from that is shown. */
async function doing(work: () => void): Promise<void> {
  await act(work);
  for (let i = 0; i < 3; i++) {
    await act(() => new Promise<void>((resolve) => setTimeout(resolve)));
  }
}

export const press = (element: Element | null) => doing(() => (element as HTMLElement).click());

export const submit = (form: Element | null) =>
  doing(() => form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

export const type = (field: Element | null, text: string) =>
  doing(() => {
    (field as HTMLInputElement).value = text;
    field!.dispatchEvent(new Event('input', { bubbles: true }));
  });

/** Answers each request; a text is sent as it is, anything else as JSON. */
export function serve(answer: (asked: Asked) => { status?: number; body: unknown }): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, request?: RequestInit) => {
    const asked = {
      method: request?.method ?? 'GET',
      path,
      body: (request?.body as string | undefined) ?? '',
    };
    all.push(asked);
    const { status = 200, body } = answer(asked);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status }));
  });
  return all;
}

export const texts = (root: Element, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map((one) => one.textContent!.trim());
