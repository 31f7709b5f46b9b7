import { beforeEach, describe, expect, it } from "vitest";
import { KeyReader, typesText } from "@/ui/keyboard";

const press = (key: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean; target: EventTarget | null }> = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, target: document.body as EventTarget | null, ...more,
});

describe("the keyboard", () => {
  let reader: KeyReader;
  beforeEach(() => {
    reader = new KeyReader();
  });

  it("reads single keys", () => {
    expect(reader.read(press("r"), 0)).toBe("r");
    expect(reader.read(press("?"), 1)).toBe("?");
  });

  it("reads g and a letter as one", () => {
    expect(reader.read(press("g"), 0)).toBeNull();
    expect(reader.read(press("u"), 400)).toBe("g u");
    expect(reader.read(press("u"), 500)).toBe("u");
  });

  it("forgets a g that nothing followed in time", () => {
    reader.read(press("g"), 0);
    expect(reader.read(press("u"), 5000)).toBe("u");
  });

  it("leaves combinations to the browser", () => {
    expect(reader.read(press("r", { ctrlKey: true }), 0)).toBeNull();
    expect(reader.read(press("r", { metaKey: true }), 0)).toBeNull();
    expect(reader.read(press("r", { altKey: true }), 0)).toBeNull();
  });

  it.each(["input", "textarea", "select"])("is off in a field (%s)", (name) => {
    const field = document.createElement(name);
    document.body.append(field);
    expect(typesText(field)).toBe(true);
    expect(reader.read(press("r", { target: field }), 0)).toBeNull();
  });

  it("is off in menus and dialogs, which have keys of their own", () => {
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    const button = document.createElement("button");
    dialog.append(button);
    expect(typesText(button)).toBe(true);
  });
});
