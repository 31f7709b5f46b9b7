/** The addresses of the desk. Nobody gets past the door without a session. */
import type { QueryClient } from "@tanstack/vue-query";
import { createRouter, createWebHistory, type Router } from "vue-router";
import { sessionQuery } from "@/session/session";
import { settingsRoutes } from "@/settings/pages";

const number = ":number(\\d+)?";

export function makeRouter(client: QueryClient): Router {
  const router = createRouter({
    history: createWebHistory("/desk/"),
    routes: [
      { path: "/sign-in", name: "sign-in", component: () => import("@/session/SignIn.vue"), meta: { open: true, title: "Sign in" } },
      {
        path: "/",
        component: () => import("@/shell/Shell.vue"),
        redirect: { name: "view", params: { view: "my_open" } },
        children: [
          { path: `view/:view/${number}`, name: "view", component: () => import("@/queue/QueueScreen.vue") },
          { path: `team/:team(\\d+)/${number}`, name: "team", component: () => import("@/queue/QueueScreen.vue") },
          { path: `search/${number}`, name: "search", component: () => import("@/queue/QueueScreen.vue"), meta: { title: "Search" } },
          { path: "tickets/:number(\\d+)", name: "ticket", redirect: ({ params }) => ({ name: "view", params: { view: "all_open", number: params.number } }) },
          { path: "quarantine", name: "quarantine", component: () => import("@/trouble/Quarantine.vue"), meta: { title: "Held mail" } },
          { path: "undelivered", name: "undelivered", component: () => import("@/trouble/Undelivered.vue"), meta: { title: "Undelivered" } },
          { path: "mailboxes-not-read", name: "unread-mailboxes", component: () => import("@/trouble/UnreadMailboxes.vue"), meta: { title: "Mailboxes not read" } },
          { path: "floor", name: "floor", component: () => import("@/floor/FloorScreen.vue"), meta: { title: "Floor" } },
          { path: "wall", name: "wall", component: () => import("@/floor/FloorScreen.vue"), props: { wall: true }, meta: { title: "Wall" } },
          { path: "settings", redirect: { name: "targets" }, component: () => import("@/settings/SettingsFrame.vue"), children: settingsRoutes },
          { path: ":rest(.*)*", name: "nowhere", component: () => import("@/shell/Nowhere.vue"), meta: { title: "Not found" } },
        ],
      },
    ],
  });

  router.beforeEach(async (to) => {
    const session = await client.ensureQueryData(sessionQuery).catch(() => null);
    if (to.meta.open) return session?.agent ? { path: "/" } : true;
    return session?.agent ? true : { name: "sign-in", query: { next: to.fullPath } };
  });
  // After an update the parts that an open page knows by name are gone from the server: a fresh page knows the new ones.
  router.onError((error, to) => {
    if (error instanceof TypeError && error.message.includes("module")) location.assign(router.resolve(to).href);
  });
  router.afterEach((to) => {
    document.title = to.meta.title ? `${String(to.meta.title)} · Kintsugi` : "Kintsugi";
  });
  return router;
}
