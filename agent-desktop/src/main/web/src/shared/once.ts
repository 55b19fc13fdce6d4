import { useSignal } from '@preact/signals';

/** For what is done once: while it is under way, `busy`, asking for it again does nothing. */
export function useOnce() {
  const busy = useSignal(false);
  const once = (work: () => Promise<unknown>): void => {
    if (busy.value) return;
    busy.value = true;
    void work().finally(() => (busy.value = false));
  };
  return { busy, once };
}
