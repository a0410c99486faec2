/**
 * The line that sets an environment variable, in the shell that people have on a system: PowerShell on Windows.
 *
 * @example settingLine("HEADSHOTPRO_API_KEY", "k", "win32"); // $env:HEADSHOTPRO_API_KEY = 'k'
 */
export function settingLine(
  name: string,
  value: string,
  platform: NodeJS.Platform = process.platform,
): string {
  return platform === "win32" ? `$env:${name} = '${value.replaceAll("'", "''")}'` : `export ${name}=${value}`;
}
