/** What was typed into templates and is not saved yet. It stays while one looks at other screens. */
import { defineStore } from "pinia";
import { reactive } from "vue";
import type { Content } from "@/api/library";

/** `seen` is the version that was in force when typing began. */
interface Typed { content: Content; seen: number }

export const useTyped = defineStore("typed-templates", () => ({ typed: reactive(new Map<number, Typed>()) }));
