/**
 * The text that the engine stores with every resource and hands to a fresh process: a constant that finds the
 * installed version's code. The SDK's own way, serialising a closure, would store 2 KB of frozen code instead
 * (twice for each person), and break under bundlers.
 *
 * A stored contract: `pulumi-headshotpro/runtime` serves every text that a state may hold. It is as short as it can
 * be: the command line writes it twice for each person, and again with every checkpoint.
 */
export const PROVIDER_TEXT = "module.exports=require('pulumi-headshotpro/runtime')";
