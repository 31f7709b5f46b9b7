/** Where the desk starts. */
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { makeQueryClient } from "@/api/cache";
import App from "@/App.vue";
import { makeRouter } from "@/router";
import { wearAppearance } from "@/session/appearance";
import "../../tickets/static/tickets/tokens.css"; // the customers’ pages wear the same
import "@/ui/base.css";
import "@/ui/parts.css";
import "@/ui/floating.css";
import "@/session/session.css";
import "@/shell/shell.css";
import "@/queue/queue.css";
import "@/ticket/ticket.css";
import "@/composer/composer.css";
import "@/customer/customer.css";
import "@/trouble/trouble.css";
import "@/shell/narrow.css";

const queryClient = makeQueryClient();
wearAppearance();
createApp(App).use(createPinia()).use(VueQueryPlugin, { queryClient }).use(makeRouter(queryClient)).mount("#desk");
