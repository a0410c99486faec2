import { strict as assert } from "node:assert";
import type { Observation } from "./observation";
import type { LoggedRequest } from "./organizations";

/** Law 6: teams are looked up once for each provider of which somebody is declared by a team's name. */
export function checkTeamLooks({ declared }: Observation, requests: readonly LoggedRequest[]): void {
  const named = [...declared.values()].filter(({ as }) => as.team !== undefined);
  const providers = new Set(named.map(({ as }) => as.at));
  const looks = requests.filter(({ verb }) => verb === "teams").length;
  assert.ok(looks <= providers.size, `law 6: teams were looked up ${looks} times`);
}
