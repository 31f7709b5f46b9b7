/** The screens of the settings, in the order of their tabs. A new one is a line here. */
import type { RouteRecordRaw } from "vue-router";

interface SettingsPage {
  name: string;
  title: string;
  component: () => Promise<unknown>;
}

export const SETTINGS: SettingsPage[] = [
  { name: "targets", title: "Targets", component: () => import("./TargetsScreen.vue") },
];

export const settingsRoutes: RouteRecordRaw[] = SETTINGS.map(({ name, title, component }) => ({
  path: name,
  name,
  component: component as RouteRecordRaw["component"] & object,
  meta: { title },
}));
