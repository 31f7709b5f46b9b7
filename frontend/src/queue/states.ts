/** The words and pictures of states, channels and priorities. Which moves are possible is the server's business. */
import type { Priority, State } from "@/api/types";

export const STATES: Record<State, { label: string; icon: string; act: string }> = {
  new: { label: "New", icon: "new", act: "Mark as new" },
  open: { label: "Open", icon: "open", act: "Open" },
  waiting_on_customer: { label: "Waiting on customer", icon: "wait", act: "Wait for the customer" },
  on_hold: { label: "On hold", icon: "hold", act: "Put on hold until" },
  resolved: { label: "Resolved", icon: "resolved", act: "Resolve" },
  closed: { label: "Closed", icon: "closed", act: "Close" },
  merged: { label: "Merged", icon: "merged", act: "Merge" },
  spam: { label: "Spam", icon: "spam", act: "Mark as spam" },
};

export const CHANNELS: Record<string, { label: string; icon: string }> = {
  email: { label: "Mail", icon: "mail" },
  form: { label: "Form", icon: "form" },
  page: { label: "Their page", icon: "page" },
  desk: { label: "Opened at the desk", icon: "desk" },
  api: { label: "Another site", icon: "api" },
};

export function channelOf(key: string): { label: string; icon: string } {
  return CHANNELS[key] ?? { label: key, icon: "mail" };
}

export const PRIORITIES: Record<Priority, string> = { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" };
