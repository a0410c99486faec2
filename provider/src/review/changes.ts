import { personOf } from "../invite/email";
import { isOver } from "../invite/headshots-guard";
import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, type InviteState, stateOf } from "../invite/invite";
import { isNamed, plainName } from "../invite/team";
import { explicitProviderOf, isInviteType, isTeamType, typeOf } from "../urn";
import {
  CHANGES,
  isKnown,
  NOT_COUNTED,
  type Preview,
  type PreviewStep,
  type ResourceState,
  SECRET,
  visible,
} from "./preview-json";

/** Who is meant, as far as the preview shows it. */
interface Identity {
  /** A person in an organization; undefined if the preview does not show who: they are new and secret, or known only later. */
  key?: string;
  person?: string;
  /** The name of the explicit provider. Its URN would differ between the dynamic provider and the plugin. */
  provider?: string;
}

/** One step of a preview that is about a person, with the person before and after it. */
export interface Change {
  op: string;
  was?: Identity & {
    state: InviteState;
    /** The resource option because of which the engine deletes the resource without asking the provider. */
    leftBy?: ReturnType<typeof leavingOption>;
  };
  now?: Identity & { inputs: InviteInputs };
  organization?: string;
  /** The properties that differ according to the engine, which compares secret values as well. */
  differing: readonly string[];
}

/** A change of a person who is both in the state and in the program. */
export type Changed = Change & Required<Pick<Change, "was" | "now">>;

/** The changes of people in a preview, and what they say together about one person. */
export interface Changes {
  all: Change[];
  /** By the key of each person whom the program declares, as far as the preview shows it: the operation of the step. */
  declared: ReadonlyMap<string, string>;
  /** The state of all people before their step, by key. */
  removed: ReadonlyMap<string, InviteState>;
  /** How many people the stack has, as far as the preview shows them. */
  had: number;
  /** The teams that are made, renamed and removed. */
  teams: TeamChange[];
  /** How many resources change that are neither people nor teams. */
  others: number;
}

/** A team that a preview makes, renames, removes, or leaves to another resource of the program. */
export interface TeamChange {
  kind: "made" | "renamed" | "removed" | "kept";
  /** Its name afterwards, or the last one; undefined if the preview does not show it. */
  name?: string;
  before?: string;
  /** Of one that is removed: how many people of the stack are in it, as of the last refresh. */
  people?: number;
  /** How many of these are neither removed nor moved by the same preview. */
  staying?: number;
  /** How many people the program declares in it by its name, so that `up` does not remove it. */
  declared?: number;
  /** Of one that is kept: the resource that has it from now on may not adopt it, so `up` stops. */
  refused?: true;
}

/** Whether `up` will stop at a team. */
export function stopsUp({ declared = 0, refused }: TeamChange): boolean {
  return declared > 0 || refused === true;
}

export function changesIn({ steps }: Preview): Changes {
  const plain = withoutReplacementSteps(steps);
  const changed = plain.filter(({ op }) => CHANGES.includes(op) || !isKnown(op));
  const deleted = new Set(steps.filter(({ op }) => DELETING.includes(op)).map(({ urn }) => urn));
  const all = changed
    .filter(isInvite)
    .map((step) => toChange(step, deleted))
    // Another address that an earlier `up` left is revoked already.
    .map((change) =>
      change.op === "create" && change.was?.key !== change.now?.key ? { ...change, was: undefined } : change,
    );
  const unchanged = plain.filter((step) => step.op === "same" && isInvite(step));
  const stated = [...unchanged.map((step) => toChange(step, deleted)), ...all];
  const recorded = steps.filter((step) => step.oldState && isInvite(step));
  return {
    all,
    declared: new Map(stated.flatMap(({ now, op }) => (now?.key === undefined ? [] : [[now.key, op]]))),
    removed: new Map(all.flatMap(({ was }) => (was?.key === undefined ? [] : [[was.key, was.state]]))),
    had: new Set(recorded.map((step) => toChange(step, deleted).was?.key ?? step.urn)).size,
    teams: changed.filter(isTeam).flatMap((step) => toTeamChange(step, plain.filter(isTeam), stated)),
    others: changed.filter((step) => !isInvite(step) && !isTeam(step) && !NOT_COUNTED.test(typeOf(step.urn)))
      .length,
  };
}

/**
 * What a step means for its team. A team counts, and not its resource: one that is removed under one name and declared
 * under another is adopted, and stays. An update that changes no name changes nothing at HeadshotPro.
 *
 * @param people all who are in the state or in the program.
 */
function toTeamChange(
  step: PreviewStep,
  teams: readonly PreviewStep[],
  people: readonly Change[],
): TeamChange[] {
  const { op, oldState, newState } = step;
  const before = visible(oldState?.outputs?.name);
  const name = visible(newState?.inputs?.name);
  if (op === "delete") {
    const heir = teams.find((other) => takesOver(other, step));
    const isRefused = heir?.op === "create" && heir.newState?.inputs?.adopt === false;
    if (heir) return [{ kind: "kept", name: before, ...(isRefused && { refused: true }) }];
    return !oldState || oldState.retainOnDelete
      ? []
      : [{ kind: "removed", name: before, ...countIn(oldState, people) }];
  }
  if (op === "import") return [];
  if (op === "replace" && oldState && isElsewhere(step))
    return [
      { kind: "made", name },
      { kind: "removed", name: before, ...countIn(oldState, people) },
    ];
  if (op === "create" || before === undefined)
    return teams.some((other) => other.op === "delete" && takesOver(step, other))
      ? []
      : [{ kind: "made", name }];
  return before === name ? [] : [{ kind: "renamed", name, before }];
}

/** Whether a replacement is one in another organization; any other adopts the team that is there. */
function isElsewhere({ oldState, newState, replaceReasons }: PreviewStep): boolean {
  const isOther = explicitProviderOf(oldState?.provider) !== explicitProviderOf(newState?.provider);
  return isOther || replaceReasons.includes("__organization");
}

/** Whether a resource has, from now on, the team that another one gives up. A rename to its name fails instead. */
function takesOver({ op, oldState, newState }: PreviewStep, { oldState: left }: PreviewStep): boolean {
  const name = visible(newState?.inputs?.name);
  const former = visible(left?.outputs?.name);
  if (op === "delete" || name === undefined || former === undefined) return false;
  const isHere = explicitProviderOf(newState?.provider) === explicitProviderOf(left?.provider);
  const had = op === "create" ? undefined : visible(oldState?.outputs?.name);
  return (
    isHere &&
    plainName(name) === plainName(former) &&
    (had === undefined || plainName(had) === plainName(name))
  );
}

/** Who of the stack is in a team by the state, who of them stays without one, and whom the program puts into it. */
function countIn(
  { id = "", outputs, provider }: ResourceState,
  changes: readonly Change[],
): Pick<TeamChange, "people" | "staying" | "declared"> {
  const team = { id, name: visible(outputs?.name) ?? "" };
  const declared = new Map(changes.flatMap(({ now }) => (now?.key === undefined ? [] : [[now.key, now]])));
  const inIt = changes.flatMap(({ was }) =>
    was?.state.teamId === id && !isOver(was.state.status) ? [was] : [],
  );
  const here = new Map(inIt.map((was) => [was.key ?? was, was]));
  const staying = [...here.values()].filter(({ key = "", leftBy }) => {
    const now = declared.get(key);
    // Without a team of the program's, `check` carries over the one that the state has.
    return now ? (now.inputs.teamId ?? id) === id : leftBy !== undefined;
  });
  const named = [...declared.values()].filter(
    ({ inputs, provider: by }) =>
      by === explicitProviderOf(provider) && inputs.team !== undefined && isNamed(inputs.team, team),
  );
  return { people: here.size, staying: staying.length, declared: named.length };
}

/** The steps after which the engine has deleted a resource. */
const DELETING = ["delete", "delete-replaced", "replace"];

function isTeam({ urn }: PreviewStep): boolean {
  return isTeamType(typeOf(urn));
}

function isInvite({ urn }: PreviewStep): boolean {
  return isInviteType(typeOf(urn));
}

/**
 * A replacement has three steps: `create-replacement`, `replace` (with all that a review needs) and `delete-replaced`. A
 * `delete-replaced` alone is left over from an `up` that failed before it, and is a plain delete. A `replace` without
 * one is left over from an `up` that failed after it, and is a plain create.
 */
function withoutReplacementSteps(steps: readonly PreviewStep[]): PreviewStep[] {
  const toId = ({ urn, oldState }: PreviewStep) => `${urn} ${oldState?.id}`;
  const deletes = new Map<string, PreviewStep[]>();
  for (const step of steps)
    if (step.op === "delete-replaced") deletes.set(toId(step), [...(deletes.get(toId(step)) ?? []), step]);
  const showsAll = showsReplacements(steps);
  const plain = steps.map((step) => {
    if (step.op !== "replace") return step;
    const own = deletes.get(toId(step))?.pop();
    return !own && showsAll && step.oldState?.pendingReplacement ? { ...step, op: "create" } : step;
  });
  const left = new Set([...deletes.values()].flat());
  return plain.map((step) => (left.has(step) ? { ...step, op: "delete" } : step));
}

/** Whether a preview shows each step of a replacement; undefined if it has none to show. */
export function showsReplacements(steps: readonly PreviewStep[]): boolean | undefined {
  if (steps.some(({ op }) => op === "create-replacement" || op === "delete-replaced")) return true;
  return steps.some(({ op }) => op === "replace") ? false : undefined;
}

/** Whether a person has an invite that another resource leaves to them, so that none is sent. */
export function isTakenOver({ removed }: Changes, key: string | undefined): boolean {
  const state = removed.get(key ?? "");
  return state !== undefined && !isOver(state.status);
}

function toChange(
  { op, oldState, newState, diffReasons, replaceReasons }: PreviewStep,
  deleted: ReadonlySet<string>,
): Change {
  const inputs = newState?.inputs && declaredIn(newState.inputs as unknown as InviteInputs);
  // Coming from another language, the engine records where the provider is from now on, and names no property.
  const isOtherType = oldState && newState && oldState.type !== newState.type;
  return {
    op,
    was: oldState && {
      ...identify(oldState, oldState.outputs?.email ?? oldState.id),
      state: stateOf({ email: oldState.id ?? "", ...oldState.outputs }),
      leftBy: leavingOption(oldState, deleted),
    },
    now: newState && inputs && { ...identify(newState, inputs.email), inputs },
    organization: explicitProviderOf((newState ?? oldState)?.provider),
    differing: [...diffReasons, ...replaceReasons, ...(isOtherType ? ["__provider"] : [])],
  };
}

/** Checked inputs have no id of a team that the program makes in the same run. */
function declaredIn(inputs: InviteInputs): InviteInputs {
  return inputs.team !== undefined && inputs.teamId === undefined ? { ...inputs, teamId: UNKNOWN } : inputs;
}

function leavingOption(
  { retainOnDelete, deletedWith }: ResourceState,
  deleted: ReadonlySet<string>,
): "retainOnDelete" | "deletedWith" | undefined {
  if (retainOnDelete) return "retainOnDelete";
  return deletedWith !== undefined && deleted.has(deletedWith) ? "deletedWith" : undefined;
}

function identify({ id, provider: reference }: ResourceState, email: unknown): Identity {
  const provider = explicitProviderOf(reference);
  const person = visible(email);
  // The id tells people apart whose address is secret; it is not shown.
  const address = person ?? (email === SECRET ? id : undefined);
  const key = address && `${provider ?? ""} ${personOf(address)}`;
  return { provider, person: person && personOf(person), key };
}
