/** Light or dark, compact or comfortable: shown at once, remembered here, and kept with the person on the server. */
import { reactive, watchEffect } from "vue";
import type { Preferences } from "@/api/types";

export type Theme = NonNullable<Preferences["theme"]>;
export type Density = NonNullable<Preferences["density"]>;

const KEY = "kintsugi.appearance";

function remembered(): { theme: Theme; density: Density } {
  const start = { theme: "system", density: "compact" } as const;
  try {
    return { ...start, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as object) };
  } catch {
    return start;
  }
}

export const appearance = reactive(remembered());

export function wearAppearance(): void {
  watchEffect(() => {
    const root = document.documentElement;
    if (appearance.theme === "system") delete root.dataset.theme;
    else root.dataset.theme = appearance.theme;
    root.dataset.density = appearance.density;
    try {
      localStorage.setItem(KEY, JSON.stringify(appearance));
    } catch {
      // A browser that stores nothing still shows what was chosen.
    }
  });
}
