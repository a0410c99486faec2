/** A spreadsheet as people operations send it: names in a column of their own, two teams, three mistakes. */
export const MISTAKEN = `Name,E-mail Address,Team ID
Ada Lovelace,Ada.Lovelace@acme.com,team_abc123
Alan Turing,alan.turing@acme.com,team_abc123
Annie Easley,annie.easley@acme.com,team_xyz789
Barbara Liskov,barbara.liskov@acme.com,team_abc123
Claude Shannon,claude.shannon@acme.com,team_xyz789
Donald Knuth,donald.knuth(at)acme.com,team_abc123
Dorothy Vaughan,dorothy.vaughan@acme.com,team_xyz789
Edsger Dijkstra,edsger.dijkstra@acme.com,team_abc123
Frances Allen,frances.allen@acme.com,team_abc123
Grace Hopper,grace.hopper@acme.com,team_abc123
Hedy Lamarr,hedy.lamarr@acme.com,team_xyz789
Jean Bartik,jean.bartik@acme.com,team_xyz789
John Backus,john.backus@acme,team_abc123
Karen Spärck Jones,karen.sparck.jones@acme.com,team_xyz789
Katherine Johnson,katherine.johnson@acme.com,team_xyz789
Konrad Zuse,konrad.zuse@acme.com,team_abc123
Margaret Hamilton,margaret.hamilton@acme.com,team_abc123
Niklaus Wirth,ADA.LOVELACE@acme.com ,team_abc123
Radia Perlman,radia.perlman@acme.com,team_xyz789
Tony Hoare,tony.hoare@acme.com,team_abc123
`;

export const FIXED = MISTAKEN.replace("donald.knuth(at)acme.com", "donald.knuth@acme.com")
  .replace("john.backus@acme,", "john.backus@acme.com,")
  .replace("ADA.LOVELACE@acme.com ", "niklaus.wirth@acme.com");

export const ONE_LESS = FIXED.replace(/^Konrad Zuse.*\n/m, "");

export const ONE_ORGANIZATION = `import { HeadshotRoster } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", { file: "people.csv" });

export const summary = people.summary;
`;

export const TWO_ORGANIZATIONS = `import { HeadshotRoster, Provider } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", { file: "people.csv" });

const second = new Provider("second", { apiKeyEnv: "SECOND_KEY", baseUrl: BASE_URL });
new HeadshotRoster("second", { file: "people.csv" }, { provider: second });

export const summary = people.summary;
`;
