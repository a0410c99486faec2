import { run, runSeed } from "./interpreter";
import { readScript } from "./script";

/** Fixed, so that `npm test` does the same each time; `npm run soak` takes others. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SCRIPTS = 25;

/** By hand: what lies between several commands or providers. What one operation does has tables: `tests/provider`. */
const CHOSEN = {
  "a move that is killed once the new invite is sent, with nothing written": `
    [declare, a, {who: ada, teamId: T1}], up, [team, a, T2],
    [up, {kill: {request: 3, when: after}, noCheckpoints: true}], up`,
  "whoever left, and whose data were deleted, is only invited again on request": `
    [declare, a, {who: ada}], [declare, b, {who: bob, teamId: T1}], up, [act, ada, complete], [act, bob, complete],
    refresh, [act, bob, leave], up, [retain, 30], [wait, 31], up, refresh, [team, b, T2], up, [raise, a, 1],
    [up, {faults: [{on: create, when: after, kind: reset}]}], up, [remove, b], up, [declare, c, {who: bob}], up`,
  "nobody who is invited to another shoot is revoked, however old the invite is": `
    [declare, a, {who: ada, teamId: T1}], [declare, b, {who: bob}], up, [act, ada, complete], [act, bob, complete],
    [act, ada, be invited to the next shoot], [act, bob, come to the next shoot], [raise, a, 1], up, refresh,
    [wait, 40], up, [team, a, T2], [raise, b, 1], up, [remove, a], up`,
  "a key that may not move people, and one that may not say whose it is": `
    [declare, a, {who: ada, teamId: T1}], up, [act, ada, get an older completed entry], settle, [scope, D, Teams],
    [act, ada, complete], refresh, [team, a, T2], up, [scope, D], up, [scope, K, Organization], [move, a, K], up,
    [scope, K], refresh, up, [rotate, K], up`,
  "to a provider of the same organization by the same key: nobody is e-mailed or revoked": `
    [declare, a, {who: ada}], up, [move, a, S], up, refresh, [rotate, S], up, destroy`,
  "to a resource of a provider of the same organization, by the same key and by another": `
    [declare, a, {who: ada}], [declare, b, {who: bob}], up, [give, a, c, S], up, [give, c, a, K], up,
    [give, a, c, D], up`,
  "by a killed command, and by a provider process that dies alone": `
    [declare, a, {who: ada}], [declare, b, {who: bob, at: S}], up, [move, a, E],
    [up, {kill: {request: 2, when: before}, noCheckpoints: true}], up, [give, a, c, K],
    [up, {crash: {request: 2, when: after}}], up`,
  "headshots stay if another organization's resource does not allow them to be deleted": `
    [declare, a, {who: ada, forceDestroy: true}], up, [act, ada, complete],
    [declare, b, {who: ada, at: E, forceDestroy: false}], [remove, a], up, [up, {force: true}]`,
  "a raised resend is one e-mail, whatever becomes of its record": `
    [declare, a, {who: ada}], up, [raise, a, 1],
    [up, {stop: {operations: 1, written: false}, noCheckpoints: true}], up, [raise, a, 0], up, [raise, a, 1], up,
    [act, ada, accept], [raise, a, 2], up`,
};

/** As random testing shrank them, or by hand. */
const REGRESSIONS = {
  "two resources swap their people": `
    [declare, a, {who: ada}], [declare, b, {who: bob}], up, [swap, a, b], up`,
  "a swap is killed before its deletes, and the next up deletes nobody": `
    [declare, a, {who: ada}], [declare, b, {who: bob}], up, [swap, a, b],
    [up, {stop: {operations: 2, written: true}}], up`,
  "a move to a team that is not there is taken back": `
    [declare, a, {who: ada, teamId: T1}], up, [team, a, T9], up, [team, a, T1], up, up`,
  "a refresh of somebody with headshots who was moved by hand": `
    [declare, a, {who: ada, teamId: T1}], up, [act, ada, complete], [act, ada, move to T2], refresh`,
  "adopted from another team, then declared without one": `
    [act, ada, invite by hand], [declare, a, {who: ada, teamId: T2}], up, [declare, a, {who: ada}], up, up`,
  "adopted with headshots from another team than the declared one, where the next up moves them without an e-mail": `
    [act, ada, invite by hand], [act, ada, complete], [declare, a, {who: ada, teamId: T2, adopt: true}], up, up,
    [declare, a, {who: ada, adopt: true}], up, up`,
  "issue 10, point 20 (seed 1088633938): a resource that was lost half-way, and its person invited by hand": `
    [declare, c, {who: cleo}], up, [declare, a, {who: cleo, teamId: T9}],
    [up, {stop: {operations: 2, written: false}}], up, [act, cleo, invite by hand], up`,
  "an older entry of somebody stays when the recorded one is revoked: its link is not the recorded one": `
    [declare, c, {who: ada}], up, [act, ada, get an older completed entry],
    [declare, c, {who: dora, deleteBeforeReplace: true}], [up, {stop: {operations: 2, written: false}}],
    [declare, a, {who: ada}]`,
  "two resources that go first swap their people, of one with a target": `
    [declare, a, {who: ada}], [declare, b, {who: dora, deleteBeforeReplace: true}], up, [swap, b, a],
    [up, {target: [b]}], settle`,
  "two resources that go first swap their people side by side (seed 555768459)": `{codes: seed},
    [declare, a, {who: ada}], [declare, b, {who: cleo, deleteBeforeReplace: true}], settle, [swap, a, b],
    [up, {parallel: true}], refresh`,
  "a move to another key of the same organization, whose list leaves it unclear who is in it (seed 1675008135)": `
    {codes: seed, pageSize: 2}, [declare, a, {who: dora}], up, [declare, a, {who: dora, at: K}],
    [up, {faults: [{on: list, kind: unreadable-rows, rows: 3, times: 1}]}]`,
  "a resource is replaced for whom HeadshotPro has invited to the next shoot, and the list fails (seed 213580921)": `
    {codes: seed}, [declare, a, {who: ada}], [declare, b, {who: cleo, teamId: T9}], up, [act, ada, complete],
    [act, ada, be invited to the next shoot], [team, a, T2],
    [up, {crash: {request: 1, when: before}, replace: [a]}]`,
  "a team that is none, and a key that may see the organization's teams but not list them (seed 424037338)": `
    {codes: seed}, [declare, a, {who: ada}], [declare, b, {who: ada, at: E}], up,
    [declare, a, {who: ada, teamId: T9}], [scope, D, Teams], up, [up, {stop: {operations: 1, written: false}}]`,
  "a destroy of two resources that have one person, of whom only one may lose headshots (seed 567654610)": `
    {codes: seed}, [declare, a, {who: ada, forceDestroy: true}], [declare, b, {who: bob}], up, [act, bob, complete],
    [declare, c, {who: ada}], [taint, b], [up, {parallel: true}], [act, ada, become strange],
    [destroy, {parallel: true}]`,
  "one of two resources that have one person is removed by a targeted up (seed 657399479)": `
    {codes: seed, revoked: forgotten, getAnswers: newest}, [declare, a, {who: cleo, resend: 0}], settle,
    [declare, b, {who: cleo}], [up, {stop: {operations: 1, written: true}, parallel: true}],
    [up, {faults: [{on: create, when: before, kind: success-false, times: 1, after: 0}], target: [a]}]`,
  "a person goes to another resource while a provider of the same organization revokes them (seed 725062836)": `
    {codes: seed, revoked: forgotten}, [declare, a, {who: ada, at: K}], [declare, b, {who: cleo}], up,
    [declare, a, {who: bob, deleteBeforeReplace: true}], [declare, b, {who: ada}], [up, {parallel: true}]`,
  "an older entry is deleted by retention, after the newer one was revoked by hand and forgotten (seed 1954788278)": `
    {codes: seed}, [declare, a, {who: ada}], up, [act, ada, get an older completed entry], settle, [retain, 30]`,
  "an answer about somebody else is not about whom was asked (seed 7)": `
    [declare, c, {who: ada}], up, [team, c, T1],
    [up, {faults: [{on: create, kind: somebody-else, about: ada@acme.com}]}]`,
};

describe("the laws, for random programs, people, faults, crashes and clocks", () => {
  for (const seed of SEEDS)
    it(`hold after every step of the scripts of seed ${seed}`, () => runSeed(seed, SCRIPTS));
});

for (const [what, scripts] of Object.entries({
  "among commands and providers": CHOSEN,
  "once broken": REGRESSIONS,
}))
  describe(`the laws, ${what}`, () => {
    for (const [name, text] of Object.entries(scripts)) {
      const { lines, styles } = readScript(text);
      it(name, () => run(lines, styles));
    }
  });
