/** Addresses as people type them: separated by commas, semicolons, spaces or lines. Pure. */
export function addresses(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).map((part) => part.trim().replace(/^<|>$/g, "")).filter(Boolean))];
}
