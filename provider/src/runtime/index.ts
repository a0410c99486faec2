/**
 * What the text in every state loads: `exports.handler=()=>require("pulumi-headshotpro/runtime")`.
 *
 * A stored contract: this module's name, and that it exports the verbs of a dynamic provider, can never change,
 * and these verbs must read the state of all earlier versions.
 */
export { check } from "./check";
export { create } from "./create";
export { delete } from "./delete";
export { diff } from "./diff";
export { configure } from "./process";
export { read } from "./read";
export { update } from "./update";
