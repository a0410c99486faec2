export { HeadshotInvite, type HeadshotInviteArgs } from "./resources/headshot-invite";
export { Provider, type ProviderArgs } from "./resources/provider";
