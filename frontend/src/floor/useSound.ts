/** Two soft notes when an escalation arrives; silent until somebody asks for them on this screen. */
import { onScopeDispose, ref, watch, type Ref } from "vue";

const NOTES = [659, 494]; // hertz: E5, then B4
const LENGTH = 0.22; // seconds each

export function useSound(raised: Ref<string>) {
  const on = ref(false);
  let context: AudioContext | undefined;

  /** A browser lets a page sound only after a click, so the context is made by the click that asks for it. */
  function toggle(): void {
    on.value = !on.value;
    if (!on.value) return;
    context ??= new AudioContext();
    void context.resume();
    play(context);
  }

  watch(raised, (words) => {
    if (on.value && words && context) play(context);
  });
  onScopeDispose(() => void context?.close());

  return { on, toggle };
}

function play(context: AudioContext): void {
  NOTES.forEach((hertz, place) => {
    const from = context.currentTime + place * LENGTH;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.12, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + LENGTH);
    const note = context.createOscillator();
    note.frequency.value = hertz;
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + LENGTH);
  });
}
