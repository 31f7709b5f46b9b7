/** How the state of one delivery looks, and what the server lets a person say of it, in words. Pure. */
import type { Delivery } from "@/api/types";

export interface DeliveryLook { words: string; icon: string; strain: "calm" | "strained" | "broken" | "quiet" }
export type DeliveryAct = Delivery["acts"][number];

const LOOKS: Record<Delivery["state"], DeliveryLook> = {
  queued: { words: "On its way to", icon: "calm", strain: "quiet" },
  sent: { words: "Sent to", icon: "check", strain: "calm" },
  delayed: { words: "Delayed, tried again by itself, to", icon: "strained", strain: "strained" },
  failed: { words: "Not sent to", icon: "missed", strain: "broken" },
  bounced: { words: "Came back from", icon: "missed", strain: "broken" },
  uncertain: { words: "Perhaps sent, the server did not say, to", icon: "strained", strain: "strained" },
};

export const deliveryLook = (state: Delivery["state"]): DeliveryLook => LOOKS[state];

const ACTS: Record<DeliveryAct, { label: string; title: string; done: string }> = {
  send_again: { label: "Send again", title: "Queue it once more; the customer may get it twice if it arrived", done: "It is sent again to" },
  arrived: { label: "It arrived", title: "You know that it arrived: nobody sends it again", done: "Noted: it arrived at" },
};

export function actLook(act: DeliveryAct, state: Delivery["state"]): { label: string; title: string; done: string } {
  if (act === "send_again" && state === "delayed") return { ...ACTS[act], label: "Try now", title: "Do not wait for the next try" };
  if (act === "send_again" && state !== "uncertain") return { ...ACTS[act], title: "Queue it once more" };
  return ACTS[act];
}
