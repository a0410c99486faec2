import { HeadshotInvite } from "pulumi-headshotpro";

// Ada was invited by hand and has uploaded nothing yet: the invite is adopted, without a second e-mail.
const ada = new HeadshotInvite("ada", { email: "ada@acme.com" });

// Grace has headshots, and is adopted only because `adopt` says so. `protect` makes Pulumi refuse whatever would
// delete or replace the resource, until it is taken out again.
const grace = new HeadshotInvite("grace", { email: "grace@acme.com", adopt: true }, { protect: true });

// Linus has headshots too. `retainOnDelete`: when the resource goes, nothing changes in HeadshotPro.
const linus = new HeadshotInvite("linus", { email: "linus@acme.com", adopt: true }, { retainOnDelete: true });

export const status = { ada: ada.status, grace: grace.status, linus: linus.status };
export const adopted = { ada: ada.adopted, grace: grace.adopted, linus: linus.adopted };
