import { Department } from "./department";

const design = new Department("design", {
  teamId: "team_xyz789",
  head: "grace@acme.com",
  members: ["ada@acme.com", "linus@acme.com"],
});

export const waiting = design.waiting;
