/** The screens of the settings, in the order of their tabs. A new one is a line here. */
import type { RouteRecordRaw } from "vue-router";

interface SettingsPage {
  name: string;
  title: string;
  component: () => Promise<unknown>;
  /** Only who may this sees its tab; to others the server says that there is no such thing. */
  needs?: string;
}

export const SETTINGS: SettingsPage[] = [
  { name: "targets", title: "Targets", component: () => import("./TargetsScreen.vue") },
  { name: "mailboxes", title: "Mailboxes", component: () => import("@/mailboxes/MailboxesScreen.vue"), needs: "settings" },
  { name: "letters", title: "Letters", component: () => import("@/letters/LettersScreen.vue"), needs: "policies" },
  { name: "templates", title: "Templates", component: () => import("@/guides/TemplatesScreen.vue") },
  { name: "rules", title: "Reply rules", component: () => import("@/rules/RulesScreen.vue"), needs: "settings" },
];

export const settingsRoutes: RouteRecordRaw[] = SETTINGS.map(({ name, title, component }) => ({
  path: name,
  name,
  component: component as RouteRecordRaw["component"] & object,
  meta: { title },
}));
