/**
 * The URLs of the single hosts that a URL names:
 * `postgres://user:password@one:5432,two:5432/database?target_session_attrs=read-write`. Which of them
 * takes writes is found out by asking, so what the URL says of that is left out.
 */
export function hostsOf(url: string): readonly [string, ...string[]] {
  const parts = /^(?<before>[a-z]+:\/\/(?:[^@/]*@)?)(?<hosts>[^/?#]*)(?<after>.*)$/.exec(
    url,
  )?.groups;
  const { before = '', hosts = '', after = '' } = parts ?? {};
  const rest = after.replace(/target_session_attrs=[^&]*&?/, '').replace(/[?&]$/, '');
  const [first = '', ...others] = hosts.split(',');
  return [`${before}${first}${rest}`, ...others.map((host) => `${before}${host}${rest}`)];
}
