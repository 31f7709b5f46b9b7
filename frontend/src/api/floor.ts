/** What the supervisor's floor shows, whole or of one team. */
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Floor = Schemas["Floor"];
export type Tile = Schemas["Tile"];
export type Risky = Schemas["Risky"];
export type FloorTeam = Schemas["FloorTeam"];
export type FloorAgent = Schemas["FloorAgent"];
export type Ahead = Schemas["Ahead"];
export type Told = Schemas["Told"];
export type Happening = Schemas["Happening"];

export const fetchFloor = (team: number | null, signal?: AbortSignal): Promise<Floor> =>
  answer(api.GET("/api/floor/", { params: { query: team === null ? {} : { team } }, signal }));
