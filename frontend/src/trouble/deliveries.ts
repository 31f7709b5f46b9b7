/** How the state of one delivery looks: words, shape, and whether a person may send it again. */
export interface DeliveryLook { words: string; icon: string; strain: "calm" | "strained" | "broken" | "quiet"; again: boolean }

const LOOKS: Record<string, DeliveryLook> = {
  queued: { words: "On its way to", icon: "calm", strain: "quiet", again: false },
  sent: { words: "Sent to", icon: "check", strain: "calm", again: false },
  delayed: { words: "Delayed, tried again by itself, to", icon: "strained", strain: "strained", again: false },
  failed: { words: "Not sent to", icon: "missed", strain: "broken", again: true },
  bounced: { words: "Came back from", icon: "missed", strain: "broken", again: true },
  uncertain: { words: "Perhaps sent, the server did not say, to", icon: "strained", strain: "strained", again: true },
};

export function deliveryLook(state: string): DeliveryLook {
  return LOOKS[state] ?? { words: `${state}:`, icon: "calm", strain: "quiet", again: false };
}
