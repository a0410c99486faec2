import { HeadshotInvite } from "pulumi-headshotpro";

// Invited by hand, and nothing uploaded yet: taken over as she is, without a second e-mail.
const ada = new HeadshotInvite("ada", { email: "ada@acme.com" });

// Has headshots: taken over only because `adopt` says so. `protect` makes Pulumi refuse whatever would delete
// the resource, until it is taken out again.
const grace = new HeadshotInvite("grace", { email: "grace@acme.com", adopt: true }, { protect: true });

// Has headshots too. `retainOnDelete`: removed from the stack, he stays in HeadshotPro as he is.
const linus = new HeadshotInvite("linus", { email: "linus@acme.com", adopt: true }, { retainOnDelete: true });

export const status = { ada: ada.status, grace: grace.status, linus: linus.status };
export const adopted = { ada: ada.adopted, grace: grace.adopted, linus: linus.adopted };
