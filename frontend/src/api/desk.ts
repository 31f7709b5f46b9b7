/** Who is signed in, whom one works with, and the counts of the left pane. */
import { ask } from "./http";
import type { Colleague, Counts, Me, Preferences, Session, Team } from "./types";

export const fetchSession = (): Promise<Session> => ask("GET", "session/");
export const signIn = (email: string, password: string): Promise<Session> =>
  ask("POST", "session/", { body: { email, password } });
export const signOut = (): Promise<void> => ask("DELETE", "session/");

export const changeMe = (change: { status?: Me["status"]; preferences?: Preferences }): Promise<Me> =>
  ask("PATCH", "me/", { body: change });

export const fetchCounts = (): Promise<Counts> => ask("GET", "counts/");
export const fetchAgents = async (): Promise<Colleague[]> =>
  (await ask<{ results: Colleague[] }>("GET", "agents/")).results;
export const fetchTeams = async (): Promise<Team[]> => (await ask<{ results: Team[] }>("GET", "teams/")).results;
