/** Short words about what just happened, said politely and gone after a while. */
import { defineStore } from "pinia";
import { ref } from "vue";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "said" | "failed";
}

const SHOWN_FOR = { said: 4_000, failed: 12_000 };

export const useToasts = defineStore("toasts", () => {
  const shown = ref<Toast[]>([]);
  let last = 0;

  function add(text: string, kind: Toast["kind"]): void {
    const toast = { id: ++last, text, kind };
    shown.value = [...shown.value.filter((other) => other.text !== text), toast].slice(-4);
    setTimeout(() => dismiss(toast.id), SHOWN_FOR[kind]);
  }

  function dismiss(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  return { shown, dismiss, say: (text: string) => add(text, "said"), fail: (text: string) => add(text, "failed") };
});
