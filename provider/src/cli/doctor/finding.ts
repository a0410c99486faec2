/** Whether something is as it should be, is worth knowing, or has to be put right. */
export type Level = "well" | "notable" | "wrong";

/** One line of what the doctor says. */
export interface Finding {
  level: Level;
  /** What was looked at: `clock`. */
  what: string;
  /** How it is: `5 min behind HeadshotPro's`. */
  value: string;
  /** What to do about it, in whole sentences; missing if it is well. */
  todo?: string;
}

export function well(what: string, value: string): Finding {
  return { level: "well", what, value };
}

export function notable(what: string, value: string, todo: string): Finding {
  return { level: "notable", what, value, todo };
}

export function wrong(what: string, value: string, todo: string): Finding {
  return { level: "wrong", what, value, todo };
}
