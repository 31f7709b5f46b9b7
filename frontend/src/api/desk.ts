/** Who is signed in, whom one works with, and the counts of the left pane. */
import { answer, api } from "./client";
import type { Colleague, Counts, Me, Preferences, Session, Team } from "./types";

export const fetchSession = (): Promise<Session> => answer(api.GET("/api/session/"));
export const signIn = (email: string, password: string): Promise<Session> =>
  answer(api.POST("/api/session/", { body: { email, password } }));
export const signOut = (): Promise<unknown> => answer(api.DELETE("/api/session/"));

export const changeMe = (change: { status?: Me["status"]; preferences?: Preferences }): Promise<Me> =>
  answer(api.PATCH("/api/me/", { body: change }));

export const fetchCounts = (): Promise<Counts> => answer(api.GET("/api/counts/"));
export const fetchAgents = async (): Promise<Colleague[]> => (await answer(api.GET("/api/agents/"))).results;
export const fetchTeams = async (): Promise<Team[]> => (await answer(api.GET("/api/teams/"))).results;
