/**
 * The text that the engine stores with every resource and hands to a fresh process: a constant that finds the
 * installed version's code. The SDK's own way, serialising a closure, would store 2 KB of frozen code instead
 * (twice for each person), and break under bundlers. A stored contract: never change it.
 */
export const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-headshotpro/runtime")';
