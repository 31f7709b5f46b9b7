import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

const server = process.env.DESK_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  base: command === "serve" ? "/desk/" : "/static/desk/",
  plugins: [vue()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    fs: { allow: [".", "../tickets/static"] },
    proxy: {
      "/api": server,
      "/ws": { target: server, ws: true, rewriteWsOrigin: true },
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
}));
